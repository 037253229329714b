import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { solveGivingWay } from '../../../src/host/benchmark/solveGivingWay.ts';
import { Emitter } from '../../../src/host/emitter.ts';
import { engineUse } from '../../../src/host/engine/engineUse.ts';
import type { SolveRequest } from '../../../src/protocol/engine.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { FakeEngine } from '../support/fakeEngine.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';

const REQUEST: SolveRequest = {
  runId: 'a/b/1',
  prompt: { form: 'chat', question: 'What is 2 + 2?' },
  generator: fileSource('/models/a.gguf'),
  mentor: null,
  verifier: null,
  settings: { ...presetSettings('paper-free'), seed: 1 },
  options: { contextSize: null, threads: null, gpu: 'off' },
  opening: null,
};

/** Those who go first; the test says when. */
class OtherUsers {
  readonly #updated = new Emitter<void>();
  readonly onDidUpdate = this.#updated.event;
  isBusy = false;

  become(isBusy: boolean): void {
    this.isBusy = isBusy;
    this.#updated.fire();
  }
}

/** Lets what has been settled be heard. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a run that gives way', () => {
  let lines: readonly TraceLine[] = [];
  let ended: RunEnded;
  before(async () => {
    lines = await scriptedTrace('a/b/1');
    const last = lines.at(-1);
    assert.ok(last?.type === 'run-ended');
    ended = last;
  });

  function begin() {
    const engine = new FakeEngine();
    const others = new OtherUsers();
    const told: TraceLine[] = [];
    const abort = new AbortController();
    const listener = { onProgress: () => undefined, onLines: (more: readonly TraceLine[]) => told.push(...more) };
    const run = (): Promise<RunEnded> => solveGivingWay(engine, others)(REQUEST, listener, abort.signal);
    return { engine, others, told, abort, run };
  }

  it('runs at once when nobody else does', async () => {
    const { engine, told, run } = begin();
    const running = run();
    await settle();
    engine.last.listener.onLines(lines);
    engine.last.end(ended);
    assert.equal(await running, ended);
    assert.deepEqual(told, lines);
  });

  it('waits for others, and begins when they have ended', async () => {
    const { engine, others, run } = begin();
    others.become(true);
    const running = run();
    await settle();
    others.become(true);
    assert.equal(engine.solves.length, 0);
    others.become(false);
    await settle();
    engine.last.end(ended);
    assert.equal(await running, ended);
  });

  it('is broken off for a question, and made again behind it, each line told once', async () => {
    const { engine, others, told, run } = begin();
    const running = run();
    await settle();
    engine.last.listener.onLines(lines.slice(0, 2));
    others.become(true);
    await settle();
    assert.equal(engine.last.signal.aborted, true);
    assert.equal(engine.solves.length, 1);
    others.become(false);
    await settle();
    assert.equal(engine.solves.length, 2);
    engine.last.listener.onLines(lines);
    engine.last.end(ended);
    assert.equal(await running, ended);
    assert.deepEqual(told, lines);
  });

  it('is made again when the engine has ended it as cancelled, or has died while it gave way', async () => {
    const { engine, others, run } = begin();
    engine.isDeaf = true;
    const running = run();
    await settle();
    others.become(true);
    engine.last.end({ ...ended, stop: 'cancelled' });
    others.become(false);
    await settle();
    others.become(true);
    engine.last.fail(new MentorCollabError('engine-crashed', 'The engine has died.'));
    others.become(false);
    await settle();
    assert.equal(engine.solves.length, 3);
    engine.last.end(ended);
    assert.equal(await running, ended);
  });

  it('is kept when it has come to its end all the same', async () => {
    const { engine, others, run } = begin();
    engine.isDeaf = true;
    const running = run();
    await settle();
    others.become(true);
    engine.last.end(ended);
    assert.equal(await running, ended);
  });

  it('fails as the engine fails, and says so when the models were taken away', async () => {
    const { engine, run } = begin();
    const dying = run();
    await settle();
    engine.last.fail(new MentorCollabError('engine-crashed', 'The engine has died.'));
    await assert.rejects(dying, /has died/);
    const unloaded = run();
    await settle();
    engine.last.end({ ...ended, stop: 'cancelled' });
    await assert.rejects(unloaded, /models were unloaded/);
  });

  it('is cancelled while it runs, while it waits, and before it begins', async () => {
    const first = begin();
    const running = first.run();
    await settle();
    first.abort.abort();
    await assert.rejects(running, { code: 'cancelled' });
    const second = begin();
    second.others.become(true);
    const waiting = second.run();
    await settle();
    second.abort.abort();
    await assert.rejects(waiting, { code: 'cancelled' });
    await assert.rejects(second.run(), { code: 'cancelled' });
    assert.equal(second.engine.solves.length, 0);
  });
});

describe('the use of the engine by several', () => {
  it('is busy while any of them is, and tells what each tells', () => {
    const [first, second] = [new OtherUsers(), new OtherUsers()];
    const use = engineUse([first, second]);
    let told = 0;
    const listening = use.onDidUpdate(() => told++);
    second.become(true);
    assert.equal(use.isBusy, true);
    first.become(false);
    second.become(false);
    assert.equal(use.isBusy, false);
    listening.dispose();
    first.become(true);
    assert.equal(told, 3);
  });
});
