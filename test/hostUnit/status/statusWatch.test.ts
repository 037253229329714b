import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { ModelSource } from '../../../src/core/modelSource.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { Emitter } from '../../../src/host/emitter.ts';
import type { HostRun } from '../../../src/host/runs/hostRun.ts';
import type { ModelsState } from '../../../src/host/status/modelsState.ts';
import { GATHER_MS, StatusWatch } from '../../../src/host/status/statusWatch.ts';
import type { EngineStatus } from '../../../src/protocol/engineStatus.ts';
import { IDLE_STATUS } from '../../support/idleStatus.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';
import { RecordingLog } from '../support/recordingLog.ts';

const LOADED = { path: '/m/small.gguf', contextSize: 512, estimatedBytes: 1, actualBytes: 2 };

/** An engine whose answers come when the test says so. */
class AskedEngine {
  pid: number | undefined = undefined;
  readonly asked: { readonly tell: (status: EngineStatus) => void; readonly fail: (error: Error) => void }[] = [];

  status(): Promise<EngineStatus> {
    return new Promise((tell, fail) => {
      this.asked.push({ tell, fail });
    });
  }
}

/** Runs of which one may be under way. */
class WatchedRuns {
  active: HostRun | null = null;
  readonly updated = new Emitter<HostRun>();
  readonly onDidUpdate = this.updated.event;
}

describe('the state of the models', () => {
  const settings = new Map<string, unknown>();
  let engine: AskedEngine;
  let runs: WatchedRuns;
  let scheduler: ManualScheduler;
  let changed: Emitter<void>;
  let watch: StatusWatch;
  let told: ModelsState[];
  let unloadsInMs: number | null;

  beforeEach(() => {
    settings.clear();
    settings.set('generator', '/m/small.gguf').set('mentor', 'http://a/v1#big');
    engine = new AskedEngine();
    runs = new WatchedRuns();
    scheduler = new ManualScheduler();
    changed = new Emitter();
    unloadsInMs = null;
    watch = new StatusWatch({
      ...{ engine, runs, scheduler, log: new RecordingLog(), resolveModel },
      readSetting: (name) => settings.get(name),
      changes: [(listener) => changed.event(listener)],
      unloadsInMs: () => unloadsInMs,
    });
    told = [];
    watch.onDidChange((state) => told.push(state));
  });

  function resolveModel(reference: string): ModelSource {
    if (reference.includes('gone')) throw new MentorCollabError('model-missing', `There is no ${reference}.`);
    if (!reference.startsWith('http')) return fileSource(reference);
    const [url = '', model = ''] = reference.split('#');
    return { type: 'server', url, model, apiKey: null };
  }

  function runIn(state: HostRun['state']): HostRun {
    const facts = { runId: 'r', question: 'q', origin: null, generatorName: 'g', mentorName: 'm', preset: 'p' };
    return { ...facts, notice: null, branch: null, parent: null, lines: [], state };
  }

  /** Lets answers that have been given arrive. */
  async function settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  it('is known at once, and asks no engine that does not run', async () => {
    const { roles, activity, engine: status } = watch.current;
    assert.deepEqual(
      roles.map(({ role, name, loaded }) => [role, name, loaded]),
      [
        ['generator', 'small.gguf', null],
        ['mentor', 'big', null],
      ],
    );
    assert.deepEqual([activity, status], [{ type: 'idle' }, null]);
    changed.fire();
    scheduler.pass(GATHER_MS);
    await settle();
    assert.equal(engine.asked.length, 0);
    assert.ok(told.length > 0);
  });

  it('has a verifier only where that is a model of its own', () => {
    settings.set('verifier', '/m/small.gguf');
    assert.equal(watch.current.roles.length, 2);
    settings.set('verifier', '/m/judge.gguf');
    assert.equal(watch.current.roles[2]?.name, 'judge.gguf');
  });

  it('names what is wrong with a setting, and goes on with the other roles', () => {
    settings.set('generator', '/m/gone.gguf').set('mentor', 7);
    const [generator, mentor] = watch.current.roles;
    assert.equal(generator?.problem, 'mentorcollab.generator: There is no /m/gone.gguf.');
    assert.equal(mentor?.problem, 'mentorcollab.mentor names no model.');
  });

  it('gathers changes, and tells what the engine holds once it answers', async () => {
    engine.pid = 7;
    for (let progress = 0; progress < 50; progress++) changed.fire();
    scheduler.pass(GATHER_MS);
    assert.equal(told.length, 1);
    assert.equal(engine.asked.length, 1);
    engine.asked[0]?.tell({ ...IDLE_STATUS, loadedModels: [LOADED] });
    await settle();
    assert.equal(told.length, 2);
    assert.deepEqual(told[1]?.roles[0]?.loaded, LOADED);
  });

  it('tells of a run while the engine is too busy to answer, and asks it again afterwards', async () => {
    engine.pid = 7;
    changed.fire();
    scheduler.pass(GATHER_MS);
    runs.active = runIn({ phase: 'loading', role: 'mentor', fraction: 0.25, sinceMs: 0 });
    runs.updated.fire(runs.active);
    scheduler.pass(GATHER_MS);
    assert.deepEqual(told.at(-1)?.activity, { type: 'loading', role: 'mentor', fraction: 0.25 });
    runs.active = runIn({ phase: 'reasoning', sinceMs: 0 });
    runs.updated.fire(runs.active);
    scheduler.pass(GATHER_MS);
    assert.deepEqual(told.at(-1)?.activity, { type: 'running', generatorName: 'g', mentorName: 'm' });
    assert.equal(engine.asked.length, 1);
    engine.asked[0]?.tell(IDLE_STATUS);
    await settle();
    assert.equal(engine.asked.length, 2);
  });

  it('forgets what an engine held that has ended', async () => {
    engine.pid = 7;
    changed.fire();
    scheduler.pass(GATHER_MS);
    engine.asked[0]?.tell({ ...IDLE_STATUS, loadedModels: [LOADED] });
    await settle();
    changed.fire();
    scheduler.pass(GATHER_MS);
    engine.asked[1]?.fail(new MentorCollabError('engine-crashed', 'It ended.'));
    await settle();
    assert.equal(watch.current.engine, null);
    assert.equal(watch.current.roles[0]?.loaded, null);
  });

  it('tells every minute how long unused models stay, and not while a run uses them', async () => {
    engine.pid = 7;
    unloadsInMs = 5 * 60_000;
    changed.fire();
    scheduler.pass(GATHER_MS);
    engine.asked[0]?.tell(IDLE_STATUS);
    await settle();
    assert.equal(told.at(-1)?.unloadsInMs, 5 * 60_000);
    const before = told.length;
    unloadsInMs = 4 * 60_000;
    scheduler.pass(60_000 + GATHER_MS);
    assert.equal(told[before]?.unloadsInMs, 4 * 60_000);
    runs.active = runIn({ phase: 'reasoning', sinceMs: 0 });
    assert.equal(watch.current.unloadsInMs, null);
  });

  it('is silent once it is disposed', async () => {
    engine.pid = 7;
    changed.fire();
    scheduler.pass(GATHER_MS);
    const before = told.length;
    changed.fire();
    watch.dispose();
    engine.asked[0]?.tell(IDLE_STATUS);
    await settle();
    scheduler.pass(10 * 60_000);
    assert.equal(told.length, before);
    assert.equal(scheduler.waiting, 0);
  });
});
