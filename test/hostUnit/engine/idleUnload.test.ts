import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { Emitter } from '../../../src/host/emitter.ts';
import { IdleUnload } from '../../../src/host/engine/idleUnload.ts';
import type { EngineStatus } from '../../../src/protocol/engineStatus.ts';
import { IDLE_STATUS } from '../../support/idleStatus.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';
import { RecordingLog } from '../support/recordingLog.ts';

const MODEL = { path: '/m/small.gguf', contextSize: 512, estimatedBytes: 1, actualBytes: 2 };
const MINUTE_MS = 60_000;

/** An engine that holds a model until it is unloaded. */
class HoldingEngine {
  pid: number | undefined = 7;
  holds = true;
  failure: MentorCollabError | null = null;
  unloads = 0;
  readonly changed = new Emitter<void>();
  readonly onDidChangeStatus = this.changed.event;

  status(): Promise<EngineStatus> {
    if (this.failure) return Promise.reject(this.failure);
    return Promise.resolve({ ...IDLE_STATUS, loadedModels: this.holds ? [MODEL] : [] });
  }

  unload(): Promise<void> {
    this.unloads += 1;
    if (this.failure) return Promise.reject(this.failure);
    this.holds = false;
    this.changed.fire();
    return Promise.resolve();
  }
}

class BusyRuns {
  isBusy = false;
  readonly updated = new Emitter<void>();
  readonly onDidUpdate = this.updated.event;
}

describe('unloading idle models', () => {
  let engine: HoldingEngine;
  let runs: BusyRuns;
  let scheduler: ManualScheduler;
  let settings: Emitter<void>;
  let log: RecordingLog;
  let minutes: unknown;
  let idle: IdleUnload;

  beforeEach(() => {
    engine = new HoldingEngine();
    runs = new BusyRuns();
    scheduler = new ManualScheduler();
    settings = new Emitter();
    log = new RecordingLog();
    minutes = 10;
    idle = new IdleUnload({
      ...{ engine, runs, scheduler, log },
      readSetting: (name) => (name === 'idleUnloadMinutes' ? minutes : undefined),
      onDidChangeSettings: settings.event,
      now: () => scheduler.nowMs,
    });
  });

  async function run(isBusy: boolean): Promise<void> {
    runs.isBusy = isBusy;
    runs.updated.fire();
    await settle();
  }

  /** Lets answers arrive. */
  async function settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  it('happens the set time after the last run, and is told in the log', async () => {
    await run(true);
    await run(false);
    assert.equal(idle.unloadsInMs, 10 * MINUTE_MS);
    scheduler.pass(9 * MINUTE_MS);
    assert.equal(idle.unloadsInMs, MINUTE_MS);
    assert.equal(engine.unloads, 0);
    scheduler.pass(MINUTE_MS);
    await settle();
    assert.equal(engine.unloads, 1);
    assert.equal(idle.unloadsInMs, null);
    assert.ok(log.lines.some((line) => line.includes('nobody has used them for 10 minutes')));
  });

  it('waits as long as a run goes on, and counts anew from its end', async () => {
    await run(false);
    scheduler.pass(9 * MINUTE_MS);
    await run(true);
    assert.equal(idle.unloadsInMs, null);
    scheduler.pass(60 * MINUTE_MS);
    await run(false);
    assert.equal(idle.unloadsInMs, 10 * MINUTE_MS);
    assert.equal(engine.unloads, 0);
  });

  it('does not count from a later time because the engine tells of something else', async () => {
    await run(false);
    scheduler.pass(9 * MINUTE_MS);
    engine.changed.fire();
    await settle();
    assert.equal(idle.unloadsInMs, MINUTE_MS);
  });

  it('follows the setting at once: longer, shorter, never', async () => {
    await run(false);
    scheduler.pass(5 * MINUTE_MS);
    minutes = 20;
    settings.fire();
    assert.equal(idle.unloadsInMs, 15 * MINUTE_MS);
    minutes = 0;
    settings.fire();
    assert.equal(idle.unloadsInMs, null);
    scheduler.pass(60 * MINUTE_MS);
    assert.equal(engine.unloads, 0);
    minutes = 1;
    settings.fire();
    scheduler.pass(0);
    await settle();
    assert.equal(engine.unloads, 1);
  });

  it('takes the default where the setting is wrong, and says so in the log', async () => {
    minutes = 'soon';
    await run(false);
    assert.equal(idle.unloadsInMs, 30 * MINUTE_MS);
    assert.ok(log.lines.some((line) => line.includes('mentorcollab.idleUnloadMinutes is "soon"')));
  });

  it('has nothing to do without a process, with nothing loaded, and once the engine has ended', async () => {
    engine.holds = false;
    await run(false);
    assert.equal(idle.unloadsInMs, null);
    engine.holds = true;
    await run(false);
    assert.equal(idle.unloadsInMs, 10 * MINUTE_MS);
    engine.pid = undefined;
    engine.changed.fire();
    await settle();
    assert.equal(idle.unloadsInMs, null);
    assert.equal(scheduler.waiting, 0);
  });

  it('ends with the window, and a failure to unload is in the log', async () => {
    await run(false);
    engine.failure = new MentorCollabError('engine-crashed', 'It ended.');
    scheduler.pass(10 * MINUTE_MS);
    await settle();
    assert.ok(log.lines.some((line) => line.startsWith('warn The models could not be unloaded')));
    engine.failure = null;
    await run(false);
    idle.dispose();
    assert.equal(scheduler.waiting, 0);
  });
});
