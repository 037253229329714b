import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import { MentorCollabError } from '../../core/errors.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { Scheduler } from '../scheduler.ts';

/** How long a child may take to end after it was asked to, before it is killed, in milliseconds. */
export const KILL_AFTER_MS = 3_000;

/** How a child ended. */
export interface ChildExit {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** Null when it ended by itself. */
  readonly signal: string | null;
  /** Why it could not be started; null when it was. */
  readonly startError: Error | null;
}

export interface EngineChildOptions {
  /** Absolute path of the engine's bundle, an ES module. */
  readonly modulePath: string;
  readonly log: HostLog;
  readonly scheduler: Scheduler;
}

/**
 * One forked engine process. Native code can abort a whole process, which is why it never runs in the extension host.
 * What the child prints goes to the log.
 */
export class EngineChild {
  readonly #process: ChildProcess;
  readonly #scheduler: Scheduler;
  readonly #messages = new Emitter<unknown>();
  readonly #signsOfLife = new Emitter<void>();

  /** Every message from the child. */
  readonly onMessage = this.#messages.event;
  /** A message or any output: the child is at work. */
  readonly onSignOfLife = this.#signsOfLife.event;
  /** Resolves when the child has ended; never rejects. */
  readonly exited: Promise<ChildExit>;

  constructor({ modulePath, log, scheduler }: EngineChildOptions) {
    this.#scheduler = scheduler;
    this.#process = fork(modulePath, [], {
      execPath: process.execPath,
      execArgv: [],
      env: childEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process.on('message', (message) => {
      this.#messages.fire(message);
      this.#signsOfLife.fire();
    });
    this.#pipeToLog(this.#process.stdout, (line) => {
      log.info(`engine: ${line}`);
    });
    this.#pipeToLog(this.#process.stderr, (line) => {
      log.warn(`engine: ${line}`);
    });
    this.exited = new Promise((resolve) => {
      // Not `exit`: messages sent before a crash may still be on their way then.
      this.#process.once('close', (code, signal) => {
        resolve({ code, signal, startError: null });
      });
      this.#process.on('error', (startError) => {
        // Also told whenever a message can't be sent, which says nothing about the process.
        if (this.#process.pid === undefined) resolve({ code: null, signal: null, startError });
        else log.error(`engine: ${startError.message}`);
      });
    });
  }

  /** Undefined when the process could not be started. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Sends a message; throws once the process has ended. */
  send(message: object): void {
    if (!this.#process.connected) throw new MentorCollabError('engine-crashed', 'The engine has ended.');
    this.#process.send(message);
  }

  /** Asks the process to end, and kills it when it has not after {@link KILL_AFTER_MS}. */
  async end(): Promise<ChildExit> {
    const timer = this.#scheduler.after(KILL_AFTER_MS, () => {
      this.kill();
    });
    this.#process.kill('SIGTERM');
    const exit = await this.exited;
    timer.dispose();
    return exit;
  }

  /** Ends the process at once, without asking. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #pipeToLog(stream: Readable | null, write: (line: string) => void): void {
    let unfinished = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#signsOfLife.fire();
      const lines = (unfinished + chunk).split(/\r?\n/);
      unfinished = lines.pop() ?? '';
      for (const line of lines) write(line);
    });
    stream?.on('end', () => {
      if (unfinished !== '') write(unfinished);
    });
  }
}

/** The editor's own settings for its extension host must not reach the child: an inspector or a loader would break it. */
function childEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => name !== 'NODE_OPTIONS' && !name.startsWith('VSCODE_'));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
