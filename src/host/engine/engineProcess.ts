import { existsSync } from 'node:fs';
import { asMentorCollabError, cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import type { RunEnded } from '../../core/runEvent.ts';
import type { ServerSource } from '../../core/modelSource.ts';
import { readMachineMemory } from '../../models/memory/machineMemory.ts';
import type { InspectOptions, ReasoningEngine, SolveListener, SolveRequest } from '../../protocol/engine.ts';
import type { EngineStatus } from '../../protocol/engineStatus.ts';
import type { GgufReport } from '../../protocol/ggufReport.ts';
import type { ServerReport } from '../../protocol/serverReport.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { Scheduler } from '../scheduler.ts';
import { CardCaution } from './cardCaution.ts';
import { EngineLink } from './engineLink.ts';
import { RestartLimit } from './restartLimit.ts';
import { StallTimer } from './stallTimer.ts';

/** How long a run may pass without any sign of life of the engine before it counts as hanging, in milliseconds. */
export const HANG_MS = 60_000;
/** How often a quiet engine is asked for one during a run, in milliseconds. */
const PING_MS = 10_000;

export interface EngineProcessOptions {
  /** Absolute path of the engine's bundle, an ES module. */
  readonly modulePath: string;
  readonly log: HostLog;
  readonly scheduler: Scheduler;
  /** Clock in milliseconds; only differences are used. */
  readonly now: () => number;
  /** Adds to a run's failure what only this side knows; default: nothing. Must not throw. */
  readonly explain?: (error: MentorCollabError, request: SolveRequest) => Promise<MentorCollabError>;
}

/**
 * The engine in a child process, started at the first run and again at the next one after it has ended. One that
 * crashes again and again is left alone for a while.
 */
export class EngineProcess implements ReasoningEngine {
  readonly #options: EngineProcessOptions;
  readonly #restarts: RestartLimit;
  readonly #caution: CardCaution;
  readonly #hung = new Emitter<void>();
  readonly #statusChanged = new Emitter<void>();
  #link: EngineLink | null = null;
  #isDisposed = false;

  /** Tells that {@link status} may have changed: the engine has started or ended, a run has ended, models were unloaded. */
  readonly onDidChangeStatus = this.#statusChanged.event;
  /** Tells that the engine has given no sign of life for {@link HANG_MS} in the middle of a run. */
  readonly onDidHang = this.#hung.event;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    this.#restarts = new RestartLimit(options.now);
    this.#caution = new CardCaution(options.log);
  }

  /** The child's process id; undefined while there is none. */
  get pid(): number | undefined {
    return this.#link?.isGone === false ? this.#link.pid : undefined;
  }

  async solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    try {
      return await this.#caution.solve(request, listener, (adjusted, watch) => this.#solve(adjusted, watch, signal));
    } catch (thrown) {
      const error = asMentorCollabError(thrown);
      throw (await this.#options.explain?.(error, request)) ?? error;
    }
  }

  async #solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    const link = await this.#linkFor(signal);
    const stopWatching = this.#watch(link);
    try {
      return await link.client.solve(request, listener, signal);
    } finally {
      stopWatching();
      this.#statusChanged.fire();
    }
  }

  async status(): Promise<EngineStatus> {
    if (!this.#link || this.#link.isGone) {
      return { loadedModels: [], activeRuns: 0, residentBytes: 0, backend: null, memory: await readMachineMemory() };
    }
    await this.#link.ready;
    const status = await this.#link.client.status();
    const { note } = this.#caution;
    return note === null || !status.backend ? status : { ...status, backend: { ...status.backend, note } };
  }

  async inspect(path: string, options: InspectOptions, signal: AbortNotifier): Promise<GgufReport> {
    return (await this.#linkFor(signal)).client.inspect(path, this.#caution.adjust(options), signal);
  }

  async testServer(source: ServerSource, signal: AbortNotifier): Promise<ServerReport> {
    return (await this.#linkFor(signal)).client.testServer(source, signal);
  }

  /**
   * Gives all models' memory back; an engine that is not running holds none. Graphics processors are then tried again,
   * whatever they have done.
   */
  async unload(): Promise<void> {
    this.#caution.forget();
    if (!this.#link || this.#link.isGone) return;
    await this.#link.ready;
    await this.#link.client.unload();
    this.#statusChanged.fire();
  }

  /** Ends a process that does not answer any more; what it was doing fails as `engine-crashed`. */
  kill(): void {
    this.#link?.kill();
  }

  /** Ends the process, with force if it does not go; runs can't be asked for afterwards. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#link?.end();
  }

  /** The engine, started if it is not running, once it takes requests. */
  async #linkFor(signal: AbortNotifier): Promise<EngineLink> {
    const link = this.#link?.isGone === false ? this.#link : this.#start();
    await untilReadyOrAborted(link.ready, signal);
    return link;
  }

  #start(): EngineLink {
    const { modulePath, log } = this.#options;
    if (this.#isDisposed) throw new MentorCollabError('engine-unavailable', 'The engine has been shut down.');
    if (this.#restarts.waitMs > 0) {
      const seconds = Math.ceil(this.#restarts.waitMs / 1_000);
      throw new MentorCollabError(
        'engine-crashed',
        `The engine has crashed again and again, and is left alone for ${seconds} s. The log may say why; ask again then, with other models if it goes on.`,
      );
    }
    if (!existsSync(modulePath)) {
      throw new MentorCollabError(
        'engine-unavailable',
        `A part of MentorCollab is missing (${modulePath}). Install the extension again.`,
      );
    }
    const link = new EngineLink(this.#options);
    log.info(`The engine is process ${link.pid ?? 'none'}.`);
    this.#link = link;
    void link.ready.then(
      () => {
        this.#statusChanged.fire();
      },
      // Told by its end.
      () => undefined,
    );
    void link.ended.then(({ wasAskedTo }) => {
      if (this.#link === link) this.#link = null;
      if (!wasAskedTo) this.#restarts.noteCrash();
      this.#statusChanged.fire();
    });
    return link;
  }

  /** Looks after the engine during a run; gives back how to end that. */
  #watch(link: EngineLink): () => void {
    const { scheduler, log } = this.#options;
    const stall = new StallTimer(scheduler, HANG_MS, () => {
      log.warn(`The engine has been silent for ${HANG_MS / 1_000} s.`);
      this.#hung.fire();
    });
    const life = link.onSignOfLife(() => {
      stall.reset();
    });
    const ping = (): void => {
      // Its answer is the sign of life; a failure of the wire is told by the run itself.
      link.client.status().catch((thrown: unknown) => {
        log.debug(`The engine did not answer a ping: ${String(thrown)}`);
      });
      timer = scheduler.after(PING_MS, ping);
    };
    let timer = scheduler.after(PING_MS, ping);
    return () => {
      for (const owned of [timer, life, stall]) owned.dispose();
    };
  }
}

/** An abort need not wait for a process that is still starting. */
async function untilReadyOrAborted(ready: Promise<void>, signal: AbortNotifier): Promise<void> {
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      reject(cancelledError());
    };
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
  try {
    await Promise.race([ready, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
