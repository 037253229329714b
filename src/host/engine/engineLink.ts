import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import { ENGINE_READY, EngineClient } from '../../protocol/engineRpc.ts';
import { RpcConnection } from '../../protocol/rpc.ts';
import type { Event } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { Scheduler } from '../scheduler.ts';
import type { ChildExit } from './engineChild.ts';
import { EngineChild } from './engineChild.ts';
import { EngineCrash } from './engineCrash.ts';
import { StallTimer } from './stallTimer.ts';

/** How long a starting engine may be silent before it is given up, in milliseconds. */
export const START_STALL_MS = 30_000;

export interface EngineLinkOptions {
  readonly modulePath: string;
  readonly log: HostLog;
  readonly scheduler: Scheduler;
}

const readySchema = z.object({ type: z.literal(ENGINE_READY.type) });

/** One engine process from its start to its end, and the wire to it. */
export class EngineLink {
  readonly client: EngineClient;
  /** Resolves when the engine takes requests; rejects when it ends before, or is silent for too long. */
  readonly ready: Promise<void>;
  /** Resolves when the process has ended, and everything that was pending has been rejected. */
  readonly ended: Promise<{ readonly wasAskedTo: boolean }>;
  readonly #child: EngineChild;
  #wasAskedTo = false;
  #hasExited = false;

  constructor(options: EngineLinkOptions) {
    const { log } = options;
    const child = new EngineChild(options);
    const connection = new RpcConnection({
      send: (message) => {
        child.send(message);
      },
      onFault: (error) => {
        log.error(`The wire to the engine: ${error.message}`);
      },
    });
    this.#child = child;
    this.client = new EngineClient(connection);
    this.ready = this.#untilReady(options, connection);
    this.ended = child.exited.then((exit) => {
      const what = describeExit(exit);
      this.#hasExited = true;
      if (this.#wasAskedTo) log.info(`The engine ${what}, as asked.`);
      else log.error(`The engine ${what}.`);
      const hint = this.#wasAskedTo ? '' : hintAt(exit);
      const message = `The engine ${what} in the middle of its work${hint}. What was written until then is kept; ask again to start a new engine.`;
      connection.close(this.#wasAskedTo ? new MentorCollabError('engine-crashed', message) : new EngineCrash(message));
      return { wasAskedTo: this.#wasAskedTo };
    });
  }

  /** Whether the process has ended or is about to, so that nothing can be asked of it any more. */
  get isGone(): boolean {
    return this.#hasExited || this.#wasAskedTo;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Any message or output of the process. */
  get onSignOfLife(): Event<void> {
    return this.#child.onSignOfLife;
  }

  /** Ends the process, with force if it does not go by itself. */
  async end(): Promise<void> {
    this.#wasAskedTo = true;
    await this.#child.end();
    await this.ended;
  }

  /** Ends the process at once. */
  kill(): void {
    this.#wasAskedTo = true;
    this.#child.kill();
  }

  #untilReady({ scheduler, log }: EngineLinkOptions, connection: RpcConnection): Promise<void> {
    const child = this.#child;
    const ready = new Promise<void>((resolve, reject) => {
      const stall = new StallTimer(scheduler, START_STALL_MS, () => {
        log.error(`The engine was silent for ${START_STALL_MS / 1_000} s while it started.`);
        child.kill();
      });
      const life = child.onSignOfLife(() => {
        stall.reset();
      });
      const over = (): void => {
        stall.dispose();
        life.dispose();
      };
      let isReady = false;
      child.onMessage((message) => {
        if (isReady) connection.receive(message);
        else if (readySchema.safeParse(message).success) {
          isReady = true;
          over();
          resolve();
        }
      });
      void child.exited.then((exit) => {
        over();
        reject(startFailure(exit));
      });
    });
    // Whoever asks for a run awaits it; without one, its failure is in the log already.
    ready.catch(() => undefined);
    return ready;
  }
}

function startFailure(exit: ChildExit): MentorCollabError {
  return new MentorCollabError(
    'engine-unavailable',
    `The engine did not start: it ${describeExit(exit)}. The log says more; if asking again does not help, install the extension again.`,
    { cause: exit.startError ?? undefined },
  );
}

/** Linux ends the process that uses most when memory runs out, without a word. */
function hintAt(exit: ChildExit): string {
  return exit.signal === 'SIGKILL' ? ' (the system may have run out of memory)' : '';
}

function describeExit({ code, signal, startError }: ChildExit): string {
  if (startError) return `could not be started (${startError.message})`;
  return signal === null ? `ended with code ${code ?? 'unknown'}` : `was ended by ${signal}`;
}
