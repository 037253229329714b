import type { ModelSource } from '../../../src/core/modelSource.ts';
import { describeSource, fileSource } from '../../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { armColumns, Comparison } from '../../../src/host/compare/comparison.ts';
import { ComparisonFeed } from '../../../src/host/compare/comparisonFeed.ts';
import { COMPARED_ARMS } from '../../../src/host/compare/prepareArm.ts';
import { BATCH_MS } from '../../../src/host/panel/lineBatcher.ts';
import { RunController } from '../../../src/host/runs/runController.ts';
import { RunStore } from '../../../src/host/runs/runStore.ts';
import type { CompareHostMessage } from '../../../src/protocol/compare.ts';
import type { SolveRequest } from '../../../src/protocol/engine.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { FakeEngine } from '../support/fakeEngine.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';
import { MemoryInRam } from '../support/memoryInRam.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const QUESTION = 'What is 2 + 2?';

/** Lets everything that is under way go on until this holds; traces are written to real files. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** A trace as the engine would write it for the request, whose text answers with 4 (or nothing, when cut off). */
async function traceFor(request: SolveRequest): Promise<TraceLine[]> {
  const [header, ...events] = await scriptedTrace(request.runId, QUESTION);
  assert.ok(header?.type === 'run-started');
  const { prompt, settings, generator, mentor } = request;
  const model = (source: ModelSource) => ({
    ...header.generator,
    model: { ...header.generator.model, path: describeSource(source) },
  });
  const own = {
    prompt,
    settings,
    generator: model(generator),
    mentor: mentor && model(mentor),
  };
  return [{ ...header, ...own }, ...events];
}

describe('a comparison of arms', () => {
  const folder = useTemporaryFolder();
  let ids = 0;

  function createComparison(changed: Record<string, unknown> = {}) {
    const values: Record<string, unknown> = { generator: 'demo-small', mentor: 'demo-mentor', ...changed };
    const engine = new FakeEngine();
    const scheduler = new ManualScheduler();
    const sources = {
      readSetting: (name: string) => values[name],
      resolveModel: (reference: string) => fileSource(`/models/${reference}`),
      mayLoad: () => true,
    };
    const store = new RunStore(folder(), new MemoryInRam());
    const runs = new RunController({
      ...{ engine, store, scheduler, ...sources, log: new RecordingLog() },
      now: () => scheduler.nowMs,
      newRunId: () => `run-${ids++}`,
    });
    const columns = armColumns(COMPARED_ARMS);
    const comparison = new Comparison({ ...sources, runs, question: QUESTION, columns });
    return { engine, scheduler, store, runs, comparison, values };
  }

  /** Lets the runs asked of the engine so far be these many, the last of them write, and end. */
  async function finish(engine: FakeEngine, runs: number): Promise<void> {
    await until(() => engine.solves.length === runs);
    const { request, listener, end } = engine.last;
    const lines = await traceFor(request);
    listener.onLines(lines);
    const last = lines.at(-1);
    assert.ok(last?.type === 'run-ended');
    end(last);
  }

  const phases = (comparison: Comparison) => comparison.content.columns.map(({ state }) => state?.phase ?? 'waiting');

  it('runs the generator alone, the mentor alone and the pair, one after the other, with the same settings', async () => {
    const { engine, comparison, values, store } = createComparison({ seed: 7 });
    const ended = comparison.run();
    values['seed'] = 8;
    assert.deepEqual(phases(comparison), ['loading', 'waiting', 'waiting']);
    await finish(engine, 1);
    await finish(engine, 2);
    await finish(engine, 3);
    await ended;
    const asked = engine.solves.map(({ request: { generator, mentor, settings } }) => ({
      models: [describeSource(generator), mentor && describeSource(mentor)],
      decision: settings.decision.policy,
      seed: settings.seed,
    }));
    assert.deepEqual(asked, [
      { models: ['/models/demo-small', null], decision: 'never', seed: 7 },
      { models: ['/models/demo-mentor', null], decision: 'never', seed: 7 },
      { models: ['/models/demo-small', '/models/demo-mentor'], decision: 'confidence', seed: 7 },
    ]);
    const { progress, columns } = comparison.content;
    assert.deepEqual(progress, { phase: 'done', message: null, canResume: false });
    assert.deepEqual(
      columns.map(({ title, generatorName, mentorName }) => [title, generatorName, mentorName]),
      [
        ['Generator alone', 'demo-small', null],
        ['Mentor alone', 'demo-mentor', null],
        ['Pair', 'demo-small', 'demo-mentor'],
      ],
    );
    for (const { runId } of columns) assert.equal((await store.read(runId ?? ''))?.state.phase, 'done');
  });

  it('keeps runs that tell among the others that one model ran alone', async () => {
    const { engine, comparison, store } = createComparison();
    void comparison.run();
    await finish(engine, 1);
    await until(() => engine.solves.length === 2);
    const alone = await store.read(comparison.content.columns[0]?.runId ?? '');
    assert.deepEqual([alone?.preset, alone?.mentorName], ['one model alone', null]);
    assert.equal(comparison.content.columns[0]?.preset, 'one model alone');
  });

  it('takes the run on show where it is an arm already, and does not touch what is on show', async () => {
    const { engine, comparison, runs } = createComparison();
    const asked = runs.ask({ question: QUESTION, origin: null });
    await finish(engine, 1);
    const shown = await asked;
    const ended = comparison.run();
    await finish(engine, 2);
    await finish(engine, 3);
    await ended;
    assert.equal(engine.solves.length, 3);
    assert.equal(comparison.content.columns[2]?.runId, shown?.runId);
    assert.equal(runs.current?.runId, shown?.runId);
  });

  for (const [what, changed] of [
    ['another seed', { seed: 2 }],
    ['another mentor', { mentor: 'other' }],
    ['another context', { contextSize: 256 }],
  ] as const) {
    it(`runs the pair anew where the run on show had ${what}`, async () => {
      const { engine, comparison, runs, values } = createComparison();
      const asked = runs.ask({ question: QUESTION, origin: null });
      await finish(engine, 1);
      await asked;
      Object.assign(values, changed);
      const ended = comparison.run();
      for (const runs of [2, 3, 4]) await finish(engine, runs);
      await ended;
      assert.equal(engine.solves.length, 4);
    });
  }

  it('cancels, keeps what has been written, and goes on where it was', async () => {
    const { engine, comparison } = createComparison();
    const ended = comparison.run();
    await finish(engine, 1);
    await until(() => engine.solves.length === 2);
    engine.last.listener.onLines((await traceFor(engine.last.request)).slice(0, 4));
    comparison.cancel();
    assert.equal(comparison.content.progress.phase, 'stopping');
    await ended;
    assert.deepEqual(phases(comparison), ['done', 'stopped', 'waiting']);
    const { progress, columns } = comparison.content;
    assert.equal(progress.phase, 'stopped');
    assert.match(progress.message ?? '', /^Cancelled/);
    assert.equal(progress.canResume, true);
    assert.equal(columns[1]?.lines.length, 5);
    const resumed = comparison.run();
    await finish(engine, 3);
    await finish(engine, 4);
    await resumed;
    assert.equal(engine.solves.length, 4);
    assert.deepEqual(phases(comparison), ['done', 'done', 'done']);
  });

  it('lets a question that is asked meanwhile go first, and says that it was stopped', async () => {
    const { engine, comparison, runs } = createComparison();
    const ended = comparison.run();
    const asked = runs.ask({ question: 'Another?', origin: null });
    await ended;
    assert.match(comparison.content.progress.message ?? '', /something else was asked/);
    assert.deepEqual(phases(comparison), ['stopped', 'waiting', 'waiting']);
    await until(() => engine.solves.length === 2);
    assert.deepEqual(engine.last.request.prompt, { form: 'chat', question: 'Another?' });
    const resumed = comparison.run();
    assert.equal(engine.solves.length, 2, 'it waits for the question');
    await finish(engine, 2);
    await asked;
    for (const runs of [3, 4, 5]) await finish(engine, runs);
    await resumed;
    assert.deepEqual(phases(comparison), ['done', 'done', 'done']);
  });

  it('goes on with the next arm when one fails, and can run the failed one again', async () => {
    const { engine, comparison } = createComparison();
    const ended = comparison.run();
    engine.last.fail(new MentorCollabError('engine-crashed', 'The engine ended.'));
    await finish(engine, 2);
    await finish(engine, 3);
    await ended;
    assert.deepEqual(phases(comparison), ['failed', 'done', 'done']);
    assert.equal(comparison.content.progress.canResume, true);
    const resumed = comparison.run();
    await finish(engine, 4);
    await resumed;
    assert.equal(engine.solves.length, 4);
    assert.equal(comparison.content.progress.phase, 'done');
  });

  it('shows a wrong setting in its columns and asks nothing of the engine', async () => {
    const { engine, comparison } = createComparison({ seed: 'x' });
    await comparison.run();
    assert.deepEqual(phases(comparison), ['failed', 'failed', 'failed']);
    assert.equal(engine.solves.length, 0);
  });

  it('stops the run under way when it is closed', async () => {
    const { engine, comparison } = createComparison();
    const ended = comparison.run();
    comparison.dispose();
    await ended;
    assert.equal(engine.last.signal.aborted, true);
    assert.equal(engine.solves.length, 1);
  });

  it('tells which columns have the same answer', async () => {
    const { engine, comparison } = createComparison();
    void comparison.run();
    await finish(engine, 1);
    await finish(engine, 2);
    await until(() => engine.solves.length === 3);
    assert.deepEqual(
      comparison.content.columns.map(({ answerGroup }) => answerGroup),
      [0, 0, null],
    );
  });

  describe('as its page is told of it', () => {
    function createFeed() {
      const parts = createComparison();
      const { comparison, scheduler } = parts;
      const messages: CompareHostMessage[] = [];
      const feed = new ComparisonFeed({ comparison, scheduler, post: (message) => messages.push(message) });
      return { ...parts, feed, messages };
    }
    const types = (messages: readonly CompareHostMessage[]) => messages.map(({ type }) => type);

    it('gets nothing before it is there, then everything once, then each line once', async () => {
      const { engine, comparison, scheduler, feed, messages } = createFeed();
      void comparison.run();
      scheduler.pass(BATCH_MS);
      assert.equal(messages.length, 0);
      feed.start();
      const lines = await traceFor(engine.last.request);
      engine.last.listener.onLines(lines.slice(0, 2));
      engine.last.listener.onLines(lines.slice(2, 5));
      scheduler.pass(BATCH_MS);
      engine.last.listener.onLines(lines.slice(5, 6));
      scheduler.pass(BATCH_MS);
      assert.deepEqual(types(messages), [
        'comparison-shown',
        'column-lines-added',
        'column-changed',
        'column-lines-added',
      ]);
      const sent = messages.flatMap((each) => (each.type === 'column-lines-added' ? each.lines : []));
      assert.deepEqual(sent, lines.slice(0, 6));
    });

    it('begins anew when a column gets another run', async () => {
      const { engine, comparison, scheduler, feed, messages } = createFeed();
      const ended = comparison.run();
      feed.start();
      engine.last.listener.onLines((await traceFor(engine.last.request)).slice(0, 3));
      comparison.cancel();
      await ended;
      scheduler.pass(BATCH_MS);
      void comparison.run();
      scheduler.pass(BATCH_MS);
      const shown = messages.flatMap((each) => (each.type === 'comparison-shown' ? [each.comparison] : []));
      assert.equal(messages.at(-1)?.type, 'comparison-shown');
      assert.deepEqual(shown.at(-1)?.columns[0]?.lines, []);
    });
  });
});
