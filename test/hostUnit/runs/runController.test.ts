import { fileSource } from '../../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import type { RunChange } from '../../../src/host/runs/runController.ts';
import { RunController } from '../../../src/host/runs/runController.ts';
import { STOP_STALL_MS } from '../../../src/host/runs/runExecution.ts';
import { INTERRUPTED, RunStore } from '../../../src/host/runs/runStore.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { parseTrace } from '../../../src/protocol/traceText.ts';
import { FakeEngine } from '../support/fakeEngine.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';
import { MemoryInRam } from '../support/memoryInRam.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const crash = new MentorCollabError('engine-crashed', 'The engine crashed. Ask again.');
const ask = (question: string) => ({ question, origin: null });
const endOf = (lines: readonly TraceLine[]): RunEnded => {
  const last = lines.at(-1);
  return last?.type === 'run-ended' ? last : assert.fail('no end');
};

describe('RunController', () => {
  const folder = useTemporaryFolder();

  function createController(values: Record<string, unknown> = {}) {
    const engine = new FakeEngine();
    const scheduler = new ManualScheduler();
    const store = new RunStore(folder(), new MemoryInRam());
    let runs = 0;
    const controller = new RunController({
      engine,
      store,
      scheduler,
      log: new RecordingLog(),
      now: () => scheduler.nowMs,
      newRunId: () => `run-${runIds++}-${runs++}`,
      readSetting: (name) => values[name],
      mayLoad: () => true,
      resolveModel: (reference) => fileSource(`/models/${reference}`),
    });
    const changes: RunChange[] = [];
    controller.onDidChange((change) => changes.push(change));
    return { engine, scheduler, store, controller, changes, values };
  }
  let runIds = 0;

  const phases = (changes: readonly RunChange[]): string[] => [
    ...new Set(changes.filter(({ type }) => type !== 'lines-added').map(({ run }) => run.state.phase)),
  ];

  it('leads a run from loading to done, and keeps every line in the file', async () => {
    const { engine, store, controller, changes, scheduler } = createController();
    const asked = controller.ask(ask('What is 2 + 2?'));
    const { listener, request, end } = engine.last;
    const lines = await scriptedTrace(request.runId);
    listener.onProgress({ type: 'model-loading', role: 'generator', fraction: 0.5 });
    scheduler.pass(10);
    listener.onProgress({ type: 'model-loading', role: 'mentor', fraction: 0.1 });
    assert.deepEqual(controller.current?.state, { phase: 'loading', role: 'mentor', fraction: 0.1, sinceMs: 10 });
    listener.onProgress({ type: 'prompt-reading' });
    listener.onLines(lines.slice(0, 3));
    listener.onLines(lines.slice(3));
    assert.equal(controller.isBusy, true);
    end(endOf(lines));
    const run = await asked;
    assert.deepEqual(phases(changes), ['loading', 'reading-prompt', 'reasoning', 'done']);
    assert.deepEqual(run?.lines, lines);
    assert.equal(controller.isBusy, false);
    const { header, events } = parseTrace(readFileSync(store.pathOf(request.runId), 'utf8'));
    assert.deepEqual([header, ...events], lines);
  });

  it('counts the time of loading a model from its first word on', () => {
    const { engine, controller, scheduler } = createController();
    void controller.ask(ask('Q'));
    engine.last.listener.onProgress({ type: 'model-loading', role: 'mentor', fraction: 0 });
    scheduler.pass(500);
    engine.last.listener.onProgress({ type: 'model-loading', role: 'mentor', fraction: 0.9 });
    assert.deepEqual(controller.current?.state, { phase: 'loading', role: 'mentor', fraction: 0.9, sinceMs: 0 });
  });

  it('keeps what there is to remark of how the models run beside what was remarked before', () => {
    const { engine, controller, changes } = createController();
    void controller.ask(ask('Q'));
    const before = controller.current?.notice?.message ?? '';
    assert.match(before, /demo/);
    const { state } = controller.current ?? {};
    engine.last.listener.onProgress({ type: 'remark-made', remark: 'No card is used.' });
    const told = changes.at(-1);
    assert.equal(told?.type, 'state-changed');
    assert.equal(told.run.notice?.message, `${before} No card is used.`);
    assert.deepEqual(told.run.state, state);
  });

  it('stops a run and keeps what it has written', async () => {
    const { engine, controller, changes, store } = createController();
    const asked = controller.ask(ask('Q'));
    const { request, listener, signal } = engine.last;
    const lines = (await scriptedTrace(request.runId)).slice(0, 6);
    listener.onLines(lines);
    controller.stop();
    controller.stop();
    assert.equal(signal.aborted, true);
    const run = await asked;
    assert.deepEqual(phases(changes), ['loading', 'reasoning', 'stopping', 'stopped']);
    assert.deepEqual(run?.lines.slice(0, -1), lines);
    assert.equal(endOf(run.lines).stop, 'cancelled');
    assert.equal(parseTrace(readFileSync(store.pathOf(request.runId), 'utf8')).damage, null);
  });

  it('goes on showing that it stops while lines still come, and is stopped even if the engine dies of it', async () => {
    const { engine, controller } = createController();
    engine.isDeaf = true;
    const asked = controller.ask(ask('Q'));
    const lines = await scriptedTrace(engine.last.request.runId);
    engine.last.listener.onLines(lines.slice(0, 3));
    controller.stop();
    engine.last.listener.onLines(lines.slice(3, 5));
    engine.last.listener.onProgress({ type: 'prompt-reading' });
    assert.equal(controller.current?.state.phase, 'stopping');
    engine.last.fail(crash);
    const run = await asked;
    assert.equal(run?.state.phase, 'stopped');
    assert.deepEqual(run.lines.slice(0, 5), lines.slice(0, 5));
  });

  it('tells when a stop has not been answered, and not when it has', async () => {
    const { engine, controller, scheduler } = createController();
    const stalled: string[] = [];
    controller.onDidStall((run) => stalled.push(run.question));
    const first = controller.ask(ask('answers'));
    controller.stop();
    await first;
    scheduler.pass(STOP_STALL_MS);
    assert.deepEqual(stalled, []);
    engine.isDeaf = true;
    void controller.ask(ask('deaf'));
    controller.stop();
    scheduler.pass(STOP_STALL_MS - 1);
    assert.deepEqual(stalled, []);
    scheduler.pass(1);
    assert.deepEqual(stalled, ['deaf']);
  });

  it('keeps the partial run when the engine dies, gives its trace an end, and runs the next question', async () => {
    const { engine, controller, store } = createController();
    const asked = controller.ask(ask('Q'));
    const { request, listener, fail } = engine.last;
    const lines = (await scriptedTrace(request.runId)).slice(0, 6);
    listener.onLines(lines);
    fail(crash);
    const run = await asked;
    assert.equal(run?.state.phase, 'failed');
    assert.equal(run.state.message, crash.message);
    assert.deepEqual(run.lines.slice(0, -1), lines);
    assert.deepEqual(endOf(run.lines).failure, { code: 'engine-crashed', message: crash.message });
    const trace = parseTrace(readFileSync(store.pathOf(request.runId), 'utf8'));
    assert.deepEqual([trace.header, ...trace.events], run.lines);
    const next = controller.ask(ask('Q2'));
    engine.last.end(endOf(await scriptedTrace('x')));
    assert.equal((await next)?.state.phase, 'done');
  });

  it('fails without a trace when the run could not begin', async () => {
    const { engine, controller } = createController();
    const asked = controller.ask(ask('Q'));
    engine.last.fail(new MentorCollabError('model-invalid', 'The file is truncated.'));
    const run = await asked;
    assert.equal(run?.state.phase, 'failed');
    assert.deepEqual(run.lines, []);
    assert.ok(run.state.actions.includes('choose-models'));
  });

  it('shows a wrong setting as a failed run with its question, asks nothing of the engine, and reads it anew on Retry', async () => {
    const { engine, controller, values } = createController({ seed: 'x' });
    const run = await controller.ask(ask('Q'));
    assert.equal(run?.state.phase, 'failed');
    assert.match(run.state.message, /mentorcollab\.seed/);
    assert.equal(run.question, 'Q');
    assert.equal(engine.solves.length, 0);
    values['seed'] = 5;
    void controller.retry();
    assert.equal(engine.last.request.settings.seed, 5);
    assert.deepEqual(engine.last.request.prompt, { form: 'chat', question: 'Q' });
  });

  it('stops the run under way for a new question, whose lines never mix', async () => {
    const { engine, controller, changes } = createController();
    const first = controller.ask(ask('first'));
    const firstSolve = engine.last;
    firstSolve.listener.onLines((await scriptedTrace(firstSolve.request.runId)).slice(0, 4));
    const second = controller.ask(ask('second'));
    assert.equal((await first)?.state.phase, 'stopped');
    while (engine.solves.length < 2) await Promise.resolve();
    const lines = await scriptedTrace(engine.last.request.runId);
    firstSolve.listener.onLines(lines.slice(0, 2));
    engine.last.listener.onLines(lines);
    engine.last.end(endOf(lines));
    assert.deepEqual((await second)?.lines, lines);
    assert.deepEqual(
      changes.filter(({ type }) => type === 'run-replaced').map(({ run }) => run.question),
      ['first', 'second'],
    );
  });

  it('runs the last of several questions asked while one is being stopped', async () => {
    const { engine, controller } = createController();
    const all = ['first', 'second', 'third'].map((question) => controller.ask(ask(question)));
    assert.equal((await all[0])?.state.phase, 'stopped');
    assert.equal(await all[1], null);
    assert.deepEqual(
      engine.solves.map(({ request }) => request.prompt),
      [
        { form: 'chat', question: 'first' },
        { form: 'chat', question: 'third' },
      ],
    );
  });

  it('ends the run under way as interrupted when the window goes away', async () => {
    const { engine, controller, store } = createController();
    engine.isDeaf = true;
    void controller.ask(ask('Q'));
    const { request, listener } = engine.last;
    listener.onLines((await scriptedTrace(request.runId)).slice(0, 5));
    await controller.shutDown();
    const run = await store.recall(request.runId);
    assert.equal(run?.state.phase, 'failed');
    assert.equal(run.state.message, INTERRUPTED.message);
    assert.equal(run.lines.length, 6);
  });

  it('shows a kept run while another goes on aside', async () => {
    const { controller, store } = createController();
    store.remember({
      runId: 'old',
      question: 'old',
      origin: null,
      generatorName: 'g',
      mentorName: 'm',
      preset: 'p',
      notice: null,
      branch: null,
      parent: null,
      lines: [],
      state: { phase: 'stopped' },
    });
    const old = (await store.recall('old')) ?? assert.fail();
    controller.show(old);
    assert.equal(controller.current?.runId, 'old');
    void controller.ask(ask('new'));
    assert.equal(controller.current.question, 'new');
    controller.show(old);
    assert.equal(controller.current.question, 'old');
    assert.equal(controller.active?.question, 'new');
  });

  it('follows the selection of the run on show', () => {
    const { controller } = createController();
    const origin = { uri: 'file:///a', start: 1, text: 'Q' };
    void controller.ask({ question: 'Q', origin });
    controller.moveOrigin({ ...origin, start: 7 });
    assert.equal(controller.current?.origin?.start, 7);
  });
});
