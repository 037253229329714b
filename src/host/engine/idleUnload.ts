import { asMentorCollabError } from '../../core/errors.ts';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import { describeThrown } from '../describeThrown.ts';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import type { Event } from '../emitter.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { Scheduler } from '../scheduler.ts';
import type { SettingReader } from '../settings/readHostSettings.ts';
import { DEFAULT_IDLE_UNLOAD_MINUTES, readIdleUnloadMinutes } from '../settings/readHostSettings.ts';

export interface IdleUnloadOptions {
  readonly engine: Pick<ReasoningEngine, 'status' | 'unload'> & {
    /** Undefined while there is no process, and so nothing to give back. */
    readonly pid: number | undefined;
    readonly onDidChangeStatus: Event<void>;
  };
  readonly runs: { readonly isBusy: boolean; readonly onDidUpdate: (listener: () => void) => DisposableLike };
  /** The settings of this moment. */
  readonly readSetting: SettingReader;
  readonly onDidChangeSettings: (listener: () => void) => DisposableLike;
  readonly scheduler: Scheduler;
  /** Clock in milliseconds; only differences are used. */
  readonly now: () => number;
  readonly log: HostLog;
}

const MINUTE_MS = 60_000;

/** Gives the memory of loaded models back when no run has used them for a while; the next run loads them again. */
export class IdleUnload extends Disposable {
  readonly #options: IdleUnloadOptions;
  readonly #changed = this.register(new Emitter<void>());
  /** Since when loaded models have not been used; null while they are, and while none is loaded. */
  #idleSinceMs: number | null = null;
  #timer: { readonly timer: DisposableLike; readonly atMs: number } | null = null;

  /** Tells that {@link unloadsInMs} counts from another time now, or no more. */
  readonly onDidChange = this.#changed.event;

  constructor(options: IdleUnloadOptions) {
    super();
    this.#options = options;
    const look = (): void => {
      void this.#look();
    };
    this.register(options.runs.onDidUpdate(look));
    this.register(options.engine.onDidChangeStatus(look));
    this.register(
      options.onDidChangeSettings(() => {
        this.#arm();
      }),
    );
    this.register({ dispose: () => this.#timer?.timer.dispose() });
  }

  /** Time until the models are given back, in milliseconds; null when none are, or never will be. */
  get unloadsInMs(): number | null {
    return this.#timer && Math.max(0, this.#timer.atMs - this.#options.now());
  }

  /** Whether loaded models are idle. A run that begins meanwhile uses them, whatever the engine answers then. */
  async #look(): Promise<void> {
    const { engine, runs } = this.#options;
    if (runs.isBusy || engine.pid === undefined) {
      this.#setIdle(false);
      return;
    }
    const holds = await this.#holdsModels();
    if (!this.isDisposed) this.#setIdle(holds && !runs.isBusy);
  }

  async #holdsModels(): Promise<boolean> {
    const { engine, log } = this.#options;
    try {
      return (await engine.status()).loadedModels.length > 0;
    } catch (thrown) {
      // It ended meanwhile, and holds nothing any more.
      log.debug(`The engine did not tell what it holds: ${String(thrown)}`);
      return false;
    }
  }

  #setIdle(isIdle: boolean): void {
    if (isIdle === (this.#idleSinceMs !== null)) return;
    this.#idleSinceMs = isIdle ? this.#options.now() : null;
    this.#arm();
  }

  #arm(): void {
    const { scheduler, now } = this.#options;
    this.#timer?.timer.dispose();
    this.#timer = null;
    const minutes = this.#minutes();
    if (this.#idleSinceMs !== null && minutes !== null) {
      const atMs = this.#idleSinceMs + minutes * MINUTE_MS;
      const timer = scheduler.after(Math.max(0, atMs - now()), () => {
        void this.#unload(minutes);
      });
      this.#timer = { timer, atMs };
    }
    this.#changed.fire();
  }

  /** A wrong setting is told of when a question is asked; until then it must not keep the memory. */
  #minutes(): number | null {
    const { readSetting, log } = this.#options;
    try {
      return readIdleUnloadMinutes(readSetting);
    } catch (thrown) {
      log.warn(asMentorCollabError(thrown).message);
      return DEFAULT_IDLE_UNLOAD_MINUTES;
    }
  }

  async #unload(minutes: number): Promise<void> {
    const { engine, log } = this.#options;
    this.#setIdle(false);
    try {
      await engine.unload();
      log.info(`The models are unloaded: nobody has used them for ${minutes} minutes.`);
    } catch (thrown) {
      log.warn(`The models could not be unloaded: ${describeThrown(thrown)}`);
    }
  }
}
