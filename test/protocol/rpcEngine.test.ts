import { IDLE_STATUS, unexpected } from '../support/idleStatus.ts';
import type { EngineStatus } from '../../src/protocol/engineStatus.ts';
import assert from 'node:assert/strict';
import { MentorCollabError } from '../../src/core/errors.ts';
import type { AbortNotifier } from '../../src/core/languageModel.ts';
import { NO_USAGE } from '../../src/core/languageModel.ts';
import type { RunEnded } from '../../src/core/runEvent.ts';
import type { ReasoningEngine, SolveListener, SolveRequest } from '../../src/protocol/engine.ts';
import { EngineClient, serveEngine } from '../../src/protocol/engineRpc.ts';
import type { TraceLine } from '../../src/protocol/trace.ts';
import { MemoryWire } from '../support/memoryWire.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';

const USAGE = { decoded: 0, prefilled: 0, evaluated: 0, passes: 0, retokenised: 0, timeMs: 0 };
const COUNTS = { accepted: 0, decoded: 0, prefilled: 0 };
const read = (tokens: number): TraceLine => ({
  type: 'prompt-read',
  by: 'generator',
  tokens,
  timeMs: 0,
  cost: NO_USAGE,
});
const ended = (stop: RunEnded['stop']): RunEnded => ({
  type: 'run-ended',
  stop,
  failure: null,
  answer: null,
  steps: 0,
  tokens: { generator: COUNTS, mentor: COUNTS },
  mentorShare: 0,
  mentorStepShare: 0,
  usage: { generator: USAGE, mentor: USAGE },
  timeMs: 0,
});
const never = new AbortController().signal;

/** An engine whose run is a function of the test. */
/** All that a status can tell. */
const STATUS: EngineStatus = {
  ...IDLE_STATUS,
  loadedModels: [{ path: '/a.gguf', contextSize: 512, estimatedBytes: 7, actualBytes: null }],
  activeRuns: 1,
  residentBytes: 5,
  backend: { name: 'vulkan', devices: ['A card'], note: 'All is well.' },
};

class FakeEngine implements ReasoningEngine {
  readonly calls: string[] = [];
  readonly #run: (request: SolveRequest, listener: SolveListener, signal: AbortNotifier) => Promise<RunEnded>;

  constructor(run: FakeEngine['solve']) {
    this.#run = run;
  }

  solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    return this.#run(request, listener, signal);
  }

  status(): Promise<EngineStatus> {
    return Promise.resolve(STATUS);
  }

  inspect(): Promise<never> {
    return unexpected('a look at a file');
  }

  testServer(): Promise<never> {
    return unexpected('the test of a server');
  }

  unload(): Promise<void> {
    this.calls.push('unload');
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    this.calls.push('dispose');
    return Promise.resolve();
  }
}

/** A client of the engine over a wire; scheduled flushes are run by hand. */
function connect(engine: ReasoningEngine): { client: EngineClient; wire: MemoryWire; flushes: (() => void)[] } {
  const wire = new MemoryWire();
  const flushes: (() => void)[] = [];
  serveEngine(wire.right, engine, (flush) => flushes.push(flush));
  return { client: new EngineClient(wire.left), wire, flushes };
}

describe('the engine over a wire', () => {
  it('carries request, progress, lines and end', async () => {
    const requests: SolveRequest[] = [];
    const { client, wire } = connect(
      new FakeEngine((request, listener) => {
        requests.push(request);
        listener.onProgress({ type: 'model-loading', role: 'mentor', fraction: 0.5 });
        listener.onLines([read(1), read(2)]);
        return Promise.resolve(ended('end'));
      }),
    );
    const run = new RecordedRun();
    assert.deepEqual(await client.solve(demoRequest(), run, never), ended('end'));
    assert.deepEqual(requests, [demoRequest()]);
    assert.deepEqual(run.progress, [{ type: 'model-loading', role: 'mentor', fraction: 0.5 }]);
    assert.deepEqual(run.lines, [read(1), read(2)]);
    assert.deepEqual(wire.faults, []);
  });

  it('carries the evidence of divergences, and fails a run of which some is malformed', async () => {
    const evidence = { step: 2, hidden: [0.5, -1], features: { entropy: 0.25 } };
    let told: typeof evidence = evidence;
    const { client, wire } = connect(
      new FakeEngine((request, listener) => {
        assert.equal(request.recordsEvidence, true);
        listener.onEvidence?.(told);
        return Promise.resolve(ended('end'));
      }),
    );
    const heard: unknown[] = [];
    const listener = Object.assign(new RecordedRun(), { onEvidence: (one: unknown) => heard.push(one) });
    const request = { ...demoRequest(), recordsEvidence: true };
    await client.solve(request, listener, never);
    assert.deepEqual(heard, [evidence]);
    told = { ...evidence, step: -1 };
    await assert.rejects(client.solve(request, listener, never), /divergence does not have the agreed shape/);
    // Whoever does not listen for it hears the rest.
    told = evidence;
    assert.deepEqual(await client.solve(request, new RecordedRun(), never), ended('end'));
    assert.deepEqual(wire.faults, []);
  });

  it('gathers lines into one message until the next flush, and sends the rest before the answer', async () => {
    const { client, wire, flushes } = connect(
      new FakeEngine((_, listener) => {
        listener.onLines([read(1)]);
        listener.onLines([read(2), read(3)]);
        flushes[0]?.();
        listener.onLines([read(4)]);
        return Promise.resolve(ended('end'));
      }),
    );
    const run = new RecordedRun();
    await client.solve(demoRequest(), run, never);
    assert.deepEqual(run.lines, [1, 2, 3, 4].map(read));
    assert.equal(wire.sent.filter((message) => message.includes('lines-written')).length, 2);
    assert.equal(flushes.length, 2);
    for (const flush of flushes) flush();
    assert.equal(wire.sent.filter((message) => message.includes('lines-written')).length, 2);
  });

  it('keeps the lines of two runs apart', async () => {
    const { client } = connect(
      new FakeEngine((request, listener) => {
        listener.onLines([read(request.runId.length)]);
        return Promise.resolve(ended('end'));
      }),
    );
    const [short, long] = [new RecordedRun(), new RecordedRun()];
    await Promise.all([
      client.solve(demoRequest({ runId: 'ab' }), short, never),
      client.solve(demoRequest({ runId: 'abcdef' }), long, never),
    ]);
    assert.deepEqual([short.lines, long.lines], [[read(2)], [read(6)]]);
  });

  it('cancels a run, which then ends with what it has', async () => {
    const abort = new AbortController();
    const { client } = connect(
      new FakeEngine(
        (_, listener, signal) =>
          new Promise((resolve) => {
            listener.onLines([read(1)]);
            signal.addEventListener('abort', () => {
              resolve(ended('cancelled'));
            });
            abort.abort();
          }),
      ),
    );
    const run = new RecordedRun();
    assert.equal((await client.solve(demoRequest(), run, abort.signal)).stop, 'cancelled');
    assert.deepEqual(run.lines, [read(1)]);
  });

  it("gives the engine's own errors, and its end as `engine-crashed`", async () => {
    const { client } = connect(
      new FakeEngine(() => Promise.reject(new MentorCollabError('model-missing', 'There is no file.'))),
    );
    await assert.rejects(client.solve(demoRequest(), new RecordedRun(), never), { code: 'model-missing' });
    const hanging = connect(new FakeEngine(() => new Promise(() => undefined)));
    const run = hanging.client.solve(demoRequest(), new RecordedRun(), never);
    hanging.wire.left.close(new MentorCollabError('engine-crashed', 'The engine has gone.'));
    await assert.rejects(run, { code: 'engine-crashed' });
  });

  it('asks for status, unloading and disposal', async () => {
    const engine = new FakeEngine(() => Promise.resolve(ended('end')));
    const { client } = connect(engine);
    assert.deepEqual(await client.status(), STATUS);
    await client.unload();
    await client.dispose();
    assert.deepEqual(engine.calls, ['unload', 'dispose']);
  });

  it('refuses a request of another shape', async () => {
    const { wire } = connect(new FakeEngine(() => Promise.resolve(ended('end'))));
    await assert.rejects(wire.left.request('solve', { solveId: 1, request: { runId: 5 } }), { code: 'protocol' });
  });

  it('fails a run whose record has a hole: a line that can not be read, or that its listener can not take', async () => {
    const { client, wire } = connect(
      new FakeEngine((_, listener) => {
        wire.right.notify('lines-written', { solveId: 0, lines: [{ type: 'step-taken' }] });
        listener.onLines([read(1)]);
        return Promise.resolve(ended('end'));
      }),
    );
    await assert.rejects(client.solve(demoRequest(), new RecordedRun(), never), { code: 'protocol' });
    const full = new RecordedRun(() => {
      throw new Error('the disk is full');
    });
    await assert.rejects(client.solve(demoRequest(), full, never), { code: 'internal', message: 'the disk is full' });
  });

  it('reports lines of no run', async () => {
    const { client, wire } = connect(new FakeEngine(() => Promise.resolve(ended('end'))));
    wire.right.notify('lines-written', { solveId: 7, lines: [] });
    await client.status();
    assert.deepEqual(
      wire.faults.map(({ code }) => code),
      ['protocol'],
    );
  });
});
