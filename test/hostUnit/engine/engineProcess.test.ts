import { fileSource } from '../../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { MentorCollabError } from '../../../src/core/errors.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import { KILL_AFTER_MS } from '../../../src/host/engine/engineChild.ts';
import { START_STALL_MS } from '../../../src/host/engine/engineLink.ts';
import { EngineProcess, HANG_MS } from '../../../src/host/engine/engineProcess.ts';
import { CRASH_WINDOW_MS, CRASHES_ALLOWED } from '../../../src/host/engine/restartLimit.ts';
import type { SolveListener, SolveProgress, SolveRequest } from '../../../src/protocol/engine.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';
import { RecordingLog } from '../support/recordingLog.ts';

type Child = 'answering' | 'silent' | 'broken' | 'stubborn' | 'missing';

class RecordingListener implements SolveListener {
  readonly progress: SolveProgress[] = [];
  readonly lines: TraceLine[] = [];
  readonly begun: Promise<void>;
  #begin: () => void = () => undefined;

  constructor() {
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
  }

  onProgress(progress: SolveProgress): void {
    this.progress.push(progress);
    this.#begin();
  }

  onLines(lines: readonly TraceLine[]): void {
    this.lines.push(...lines);
  }
}

const request = (question: string): SolveRequest => ({
  runId: 'run',
  prompt: { form: 'chat', question },
  generator: fileSource('/g.gguf'),
  mentor: null,
  verifier: null,
  settings: { ...presetSettings('paper-free'), seed: 1 },
  options: { contextSize: null, threads: null, gpu: 'auto' },
  opening: null,
});

describe('EngineProcess', () => {
  const engines: EngineProcess[] = [];

  function createEngine(child: Child) {
    const scheduler = new ManualScheduler();
    const log = new RecordingLog();
    const modulePath = join(import.meta.dirname, 'children', `${child}.mjs`);
    const engine = new EngineProcess({ modulePath, log, scheduler, now: () => scheduler.nowMs });
    engines.push(engine);
    const solve = (question: string, signal = new AbortController().signal, listener = new RecordingListener()) =>
      engine.solve(request(question), listener, signal);
    return { engine, scheduler, log, solve };
  }

  afterEach(async () => {
    for (const engine of engines.splice(0)) {
      engine.kill();
      await engine.dispose();
    }
  });

  it('tells that its status may have changed when it starts, a run ends, models are unloaded, and it ends', async () => {
    const { engine, solve } = createEngine('answering');
    const told: string[] = [];
    let doing = 'solving';
    engine.onDidChangeStatus(() => told.push(doing));
    await solve('good');
    doing = 'unloading';
    await engine.unload();
    doing = 'ending';
    await engine.dispose();
    assert.deepEqual(told, ['solving', 'solving', 'unloading', 'ending']);
  });

  it('starts nothing before the first run', async () => {
    const { engine } = createEngine('answering');
    assert.equal(engine.pid, undefined);
    const { memory, ...held } = await engine.status();
    assert.deepEqual(held, { loadedModels: [], activeRuns: 0, residentBytes: 0, backend: null });
    assert.ok(memory.totalBytes > 0);
    await engine.unload();
    assert.equal(engine.pid, undefined);
  });

  it('runs questions in one child, and logs what it prints', async () => {
    const { engine, solve, log } = createEngine('answering');
    assert.equal((await solve('one')).stop, 'end');
    const { pid } = engine;
    assert.equal((await solve('two')).stop, 'end');
    assert.equal(engine.pid, pid);
    await engine.dispose();
    assert.ok(log.lines.includes('info engine: hello from the child'), log.lines.join('\n'));
    assert.ok(log.lines.includes('warn engine: run as node: 1'));
  });

  it("keeps the extension host's own Node options from the child", async () => {
    const { engine, solve } = createEngine('answering');
    const before = process.env['NODE_OPTIONS'];
    process.env['NODE_OPTIONS'] = '--no-deprecation';
    try {
      await solve('one');
    } finally {
      if (before === undefined) delete process.env['NODE_OPTIONS'];
      else process.env['NODE_OPTIONS'] = before;
    }
    assert.deepEqual(
      (await engine.status()).loadedModels.map(({ path }) => path),
      ['none'],
    );
  });

  it('passes a cancellation on, and the child lives', async () => {
    const { engine, solve } = createEngine('answering');
    const abort = new AbortController();
    const listener = new RecordingListener();
    const solving = solve('wait', abort.signal, listener);
    await listener.begun;
    const { pid } = engine;
    abort.abort();
    assert.equal((await solving).stop, 'cancelled');
    await solve('next');
    assert.equal(engine.pid, pid);
  });

  it('fails a run whose engine dies, with every line that had been sent, and starts a new child for the next', async () => {
    const { engine, solve } = createEngine('answering');
    await solve('one');
    const { pid } = engine;
    const listener = new RecordingListener();
    await assert.rejects(solve('die', undefined, listener), (thrown: MentorCollabError) => {
      assert.equal(thrown.code, 'engine-crashed');
      assert.match(thrown.message, /SIGKILL .* ask again/);
      return true;
    });
    assert.deepEqual(
      listener.lines.map(({ type }) => type),
      ['prompt-read'],
    );
    assert.equal(engine.pid, undefined);
    assert.equal((await solve('next')).stop, 'end');
    assert.notEqual(engine.pid, pid);
  });

  it('is left alone after several crashes in a row, says for how long, and is started again then', async () => {
    const { solve, scheduler } = createEngine('answering');
    for (let i = 0; i < CRASHES_ALLOWED; i++) await assert.rejects(solve('die'), { code: 'engine-crashed' });
    await assert.rejects(solve('one'), { code: 'engine-crashed', message: /left alone for 60 s/ });
    scheduler.pass(CRASH_WINDOW_MS);
    assert.equal((await solve('one')).stop, 'end');
  });

  it('runs a question again on the processor when a card has taken the child down, and tells so in its status', async () => {
    const { engine, solve } = createEngine('answering');
    const listener = new RecordingListener();
    assert.equal((await solve('crash on the card', undefined, listener)).stop, 'end');
    const remark = listener.progress.find(({ type }) => type === 'remark-made');
    assert.ok(remark);
    assert.equal((await engine.status()).backend?.note, 'remark' in remark ? remark.remark : '');
    await engine.unload();
    assert.equal((await engine.status()).backend?.note, null);
    await assert.rejects(solve('crash on the card later'), { code: 'engine-crashed', message: /SIGABRT.*\(cuda\)/ });
  });

  it('says what to do when its file is missing', async () => {
    const { solve } = createEngine('missing');
    await assert.rejects(solve('one'), { code: 'engine-unavailable', message: /missing\.mjs.*Install the extension/ });
  });

  it('says what to do when the child ends while it starts, and its reason is in the log', async () => {
    const { solve, log } = createEngine('broken');
    await assert.rejects(solve('one'), { code: 'engine-unavailable', message: /did not start: it ended with code 1/ });
    assert.ok(log.lines.some((line) => line.includes('the native part does not load')));
  });

  it('gives up a child that is silent for too long while it starts', async () => {
    const { solve, scheduler } = createEngine('silent');
    const solving = solve('one');
    scheduler.pass(START_STALL_MS);
    await assert.rejects(solving, { code: 'engine-unavailable' });
  });

  it('does not wait for a child that is still starting when the run is cancelled', async () => {
    const { solve } = createEngine('silent');
    const abort = new AbortController();
    const solving = solve('one', abort.signal);
    abort.abort();
    await assert.rejects(solving, { code: 'cancelled' });
  });

  it('tells of a child that falls silent in a run, and ends it on request', async () => {
    const { engine, solve, scheduler } = createEngine('answering');
    let hangs = 0;
    engine.onDidHang(() => (hangs += 1));
    const listener = new RecordingListener();
    const solving = solve('hang', undefined, listener);
    await listener.begun;
    scheduler.pass(HANG_MS);
    assert.equal(hangs, 1);
    engine.kill();
    await assert.rejects(solving, { code: 'engine-crashed' });
    assert.equal((await solve('next')).stop, 'end');
  });

  it('does not count the ends that were asked for as crashes', async () => {
    const { engine, solve } = createEngine('answering');
    for (let i = 0; i <= CRASHES_ALLOWED; i++) {
      await solve('one');
      engine.kill();
    }
    assert.equal((await solve('one')).stop, 'end');
  });

  it('kills a child that does not go when the window closes, and runs nothing afterwards', async () => {
    const { engine, scheduler, solve, log } = createEngine('stubborn');
    const solving = solve('one');
    await engine.status();
    const { pid } = engine;
    assert.ok(pid !== undefined);
    const disposing = engine.dispose();
    await log.until('asked to go');
    assert.equal(isAlive(pid), true);
    scheduler.pass(KILL_AFTER_MS);
    await disposing;
    assert.equal(isAlive(pid), false);
    await assert.rejects(solving, { code: 'engine-crashed' });
    await assert.rejects(solve('two'), { code: 'engine-unavailable' });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
