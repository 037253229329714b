import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import { CardCaution } from '../../../src/host/engine/cardCaution.ts';
import { EngineCrash } from '../../../src/host/engine/engineCrash.ts';
import type { GpuChoice, SolveListener, SolveRequest } from '../../../src/protocol/engine.ts';
import { demoRequest, RecordedRun } from '../../support/recordedRun.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import { RecordingLog } from '../support/recordingLog.ts';

/** An engine whose card, where one is used, comes to the same every time. */
class Engine {
  readonly asked: GpuChoice[] = [];
  readonly #card: 'cuda' | 'cpu';
  readonly #fault: MentorCollabError | null;
  readonly #writesFirst: boolean;

  constructor(card: 'cuda' | 'cpu', fault: MentorCollabError | null, writesFirst = false) {
    this.#card = card;
    this.#fault = fault;
    this.#writesFirst = writesFirst;
  }

  readonly solve = async (request: SolveRequest, listener: SolveListener): Promise<RunEnded> => {
    const { gpu } = request.options;
    this.asked.push(gpu);
    const lines = await scriptedTrace(request.runId);
    listener.onProgress({ type: 'backend-chosen', name: gpu === 'off' ? 'cpu' : this.#card });
    if (gpu === 'auto' && this.#writesFirst) listener.onLines(lines.slice(0, 1));
    if (gpu === 'auto' && this.#fault) throw this.#fault;
    const last = lines.at(-1);
    return last?.type === 'run-ended' ? last : assert.fail('no end');
  };
}

const request = demoRequest({ options: { contextSize: null, threads: 1, gpu: 'auto' } });
const crash = new EngineCrash('The engine was ended by SIGABRT.');
const remarksOf = (run: RecordedRun): string[] =>
  run.progress.flatMap((one) => (one.type === 'remark-made' ? [one.remark] : []));

describe('CardCaution', () => {
  function solve(engine: Engine, caution = new CardCaution(new RecordingLog())) {
    const run = new RecordedRun();
    return { caution, run, ended: caution.solve(request, run, engine.solve) };
  }

  it('runs once more on the processor when the engine crashes before a run on a card has begun, and says so', async () => {
    const engine = new Engine('cuda', crash);
    const { caution, run, ended } = solve(engine);
    assert.equal((await ended).type, 'run-ended');
    assert.deepEqual(engine.asked, ['auto', 'off']);
    assert.match(remarksOf(run).join(), /run on the processor, since the engine has crashed .* \(cuda\)/);
    assert.equal(caution.note, remarksOf(run)[0]);
  });

  it('passes on everything that a run tells', async () => {
    const evidence = { step: 1, hidden: [0.5], features: { letterLogOdds: -1 } };
    const heard: unknown[] = [];
    const listener = Object.assign(new RecordedRun(), { onEvidence: (one: unknown) => heard.push(one) });
    await new CardCaution(new RecordingLog()).solve(request, listener, (asked, watch) => {
      watch.onEvidence?.(evidence);
      return new Engine('cpu', null).solve(asked, watch);
    });
    assert.deepEqual(heard, [evidence]);
  });

  it('stays on the processor for the runs that follow, until it is told to forget', async () => {
    const engine = new Engine('cuda', crash);
    const { caution, ended } = solve(engine);
    await ended;
    const next = solve(engine, caution);
    await next.ended;
    assert.deepEqual([engine.asked.at(-1), remarksOf(next.run)], ['off', []]);
    assert.equal(caution.adjust(request.options).gpu, 'off');
    caution.forget();
    assert.equal(caution.note, null);
    await solve(engine, caution).ended;
    assert.deepEqual(engine.asked.slice(-2), ['auto', 'off']);
  });

  it('does not repeat a run that has written something, but says what may have been the cause', async () => {
    const engine = new Engine('cuda', crash, true);
    const { caution, ended } = solve(engine);
    await assert.rejects(ended, {
      code: 'engine-crashed',
      message: /SIGABRT\. .*\(cuda\).* may be the cause.* next run/,
    });
    await solve(engine, caution).ended;
    assert.deepEqual(engine.asked, ['auto', 'off']);
  });

  it('blames no card for a crash on the processor, for an error, or for an end that was asked for', async () => {
    const asked = new MentorCollabError('engine-crashed', 'The engine ended, as asked.');
    const invalid = new MentorCollabError('model-invalid', 'No model.');
    for (const engine of [new Engine('cpu', crash), new Engine('cuda', asked), new Engine('cuda', invalid)]) {
      const { caution, ended } = solve(engine);
      await assert.rejects(ended, MentorCollabError);
      assert.deepEqual([engine.asked, caution.note], [['auto'], null]);
    }
  });
});
