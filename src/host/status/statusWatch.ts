import { asMentorCollabError } from '../../core/errors.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import type { ModelRole, ReasoningEngine } from '../../protocol/engine.ts';
import type { EngineStatus } from '../../protocol/engineStatus.ts';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import type { Event } from '../emitter.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { HostRun } from '../runs/hostRun.ts';
import { modelName } from '../runs/prepareRun.ts';
import type { Scheduler } from '../scheduler.ts';
import type { SettingReader } from '../settings/readHostSettings.ts';
import { settingId } from '../settings/readHostSettings.ts';
import type { Activity, ModelsState, RoleState } from './modelsState.ts';

/** Changes gather this long, in milliseconds: a model that is loading tells of many. */
export const GATHER_MS = 100;
/** How often the time left until models are given back is told anew, in milliseconds. */
const COUNTDOWN_MS = 60_000;

export interface StatusWatchOptions {
  readonly engine: Pick<ReasoningEngine, 'status'> & { readonly pid: number | undefined };
  readonly runs: { readonly active: HostRun | null; readonly onDidUpdate: Event<HostRun> };
  readonly readSetting: SettingReader;
  readonly resolveModel: (reference: string) => ModelSource;
  /** Whatever else may change the models or what the engine holds: settings, the library, trust, the engine itself. */
  readonly changes: readonly ((listener: () => void) => DisposableLike)[];
  /** Time until unused models are given back, in milliseconds; null while none wait for that. */
  readonly unloadsInMs: () => number | null;
  readonly scheduler: Scheduler;
  readonly log: HostLog;
}

/** Follows what models are set, what is loaded and what the engine is at; starts no engine for that. */
export class StatusWatch extends Disposable {
  readonly #options: StatusWatchOptions;
  readonly #changed = this.register(new Emitter<ModelsState>());
  #engine: EngineStatus | null = null;
  #gathering: DisposableLike | null = null;
  #isAsking = false;
  #hasToAskAgain = false;
  #countdown: DisposableLike | null = null;

  readonly onDidChange = this.#changed.event;

  constructor(options: StatusWatchOptions) {
    super();
    this.#options = options;
    const later = (): void => {
      this.#refreshLater();
    };
    for (const subscribe of [options.runs.onDidUpdate, ...options.changes]) this.register(subscribe(later));
    this.register({
      dispose: () => {
        this.#gathering?.dispose();
        this.#countdown?.dispose();
      },
    });
  }

  /** The state of this moment, with what the engine told last. */
  get current(): ModelsState {
    const { active } = this.#options.runs;
    const { readSetting, unloadsInMs } = this.#options;
    return {
      roles: this.#roles(),
      activity: activityOf(active),
      engine: this.#engine,
      gpu: readSetting('gpu') === 'off' ? 'off' : 'auto',
      unloadsInMs: active === null && this.#engine !== null ? unloadsInMs() : null,
    };
  }

  #refreshLater(): void {
    this.#gathering ??= this.#options.scheduler.after(GATHER_MS, () => {
      this.#gathering = null;
      this.#publish();
      void this.#askEngine();
    });
  }

  #publish(): void {
    if (this.isDisposed) return;
    const state = this.current;
    this.#changed.fire(state);
    this.#countdown?.dispose();
    this.#countdown = null;
    if (state.unloadsInMs === null) return;
    this.#countdown = this.#options.scheduler.after(COUNTDOWN_MS, () => {
      this.#refreshLater();
    });
  }

  /** One question at a time: an engine in the middle of native work answers late. */
  async #askEngine(): Promise<void> {
    this.#hasToAskAgain = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#hasToAskAgain && !this.isDisposed) {
        this.#hasToAskAgain = false;
        this.#engine = await this.#statusOfEngine();
        this.#publish();
      }
    } finally {
      this.#isAsking = false;
    }
  }

  async #statusOfEngine(): Promise<EngineStatus | null> {
    const { engine, log } = this.#options;
    if (engine.pid === undefined) return null;
    try {
      return await engine.status();
    } catch (thrown) {
      // It ended meanwhile, which whoever used it is told.
      log.debug(`The engine did not tell its status: ${String(thrown)}`);
      return null;
    }
  }

  #roles(): readonly RoleState[] {
    const generator = this.#role('generator', 'demo-small');
    const mentor = this.#role('mentor', 'demo-mentor');
    const verifier = this.#options.readSetting('verifier') ?? '';
    const isGenerator = verifier === '' || verifier === this.#options.readSetting('generator');
    return isGenerator ? [generator, mentor] : [generator, mentor, this.#role('verifier', '')];
  }

  #role(role: ModelRole, fallback: string): RoleState {
    const value = this.#options.readSetting(role) ?? fallback;
    if (typeof value !== 'string' || value.trim() === '') {
      return { role, name: 'not set', source: null, problem: `${settingId(role)} names no model.`, loaded: null };
    }
    const reference = value.trim();
    const name = modelName(reference);
    try {
      const source = this.#options.resolveModel(reference);
      const loaded = this.#engine?.loadedModels.find(({ path }) => source.type === 'file' && path === source.path);
      return { role, name, source, problem: null, loaded: loaded ?? null };
    } catch (thrown) {
      const problem = `${settingId(role)}: ${asMentorCollabError(thrown).message}`;
      return { role, name, source: null, problem, loaded: null };
    }
  }
}

function activityOf(run: HostRun | null): Activity {
  if (run === null) return { type: 'idle' };
  const { state, generatorName, mentorName } = run;
  if (state.phase === 'loading') return { type: 'loading', role: state.role, fraction: state.fraction };
  return { type: state.phase === 'stopping' ? 'stopping' : 'running', generatorName, mentorName };
}
