import type { TraceLine } from '../../protocol/trace.ts';
import type { TraceDamage } from '../../protocol/traceReader.ts';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { Scheduler } from '../scheduler.ts';
import type { FileContent, FileSnapshot } from './fileContent.ts';
import { TraceFileReading } from './traceFileReading.ts';

/** Largest file that is read: all of it has to fit into memory, several times over. */
export const LARGEST_FILE_BYTES = 128 * 2 ** 20;

/** Time between two looks at a file of whose changes nobody may tell, in milliseconds. */
export const POLL_MS = 3_000;

/** The same once nobody seems to write it any more. */
export const IDLE_POLL_MS = 30_000;

/**
 * After this long without a change, in milliseconds, nobody is taken to be writing any more. A slow model may take
 * longer for a step; its trace is followed again as soon as it goes on.
 */
export const QUIET_MS = 30_000;

/** What is known of a trace file. */
export interface TraceFileState {
  /** Counts how often the file was read from its beginning. */
  readonly generation: number;
  /** What could be read, in order; grows within a generation. */
  readonly lines: readonly TraceLine[];
  readonly damage: TraceDamage | null;
  /** Whether the run's last event has been read. */
  readonly hasEnded: boolean;
  /** Why the file can't be read, or no further; null when it can. */
  readonly problem: string | null;
  /** Whether nobody has written it for {@link QUIET_MS}. */
  readonly isQuiet: boolean;
  /** Whether it was there once, and is no longer. */
  readonly isGone: boolean;
}

export interface TraceFollowerOptions {
  readonly file: FileContent;
  readonly scheduler: Scheduler;
  /** Clock in epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Reads a trace file, and on while it grows; a file that was cut or replaced is read anew. It looks when it is told to,
 * and from time to time. Never throws: what is wrong is part of its state.
 */
export class TraceFollower extends Disposable {
  readonly #options: TraceFollowerOptions;
  readonly #changed = this.register(new Emitter<void>());
  #reading = new TraceFileReading();
  #generation = 1;
  #changedAtMs = 0;
  #problem: string | null = null;
  #isQuiet = false;
  #isThere = false;
  #wasThere = false;
  /** Size and time of the last look, by which an unchanged file is told without reading it. */
  #stamp = '';
  #timer: DisposableLike | null = null;
  #looking: Promise<void> | null = null;
  #shouldLookAgain = false;

  /** Tells that the file, or what is known of it, has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(options: TraceFollowerOptions) {
    super();
    this.#options = options;
    this.register({ dispose: () => this.#timer?.dispose() });
  }

  get state(): TraceFileState {
    const { lines, damage, hasEnded } = this.#reading;
    return {
      generation: this.#generation,
      ...{ lines, damage, hasEnded },
      problem: this.#problem,
      isQuiet: this.#isQuiet,
      isGone: this.#wasThere && !this.#isThere,
    };
  }

  /** Reads the file, and looks at it from time to time until this is disposed. */
  async start(): Promise<void> {
    await this.look();
    if (this.isDisposed) return;
    const { hasEnded, isQuiet } = this.state;
    this.#timer = this.#options.scheduler.after(hasEnded || isQuiet ? IDLE_POLL_MS : POLL_MS, () => void this.start());
  }

  /** Reads what is new; resolves when all has been read that the file had when this was called. */
  look(): Promise<void> {
    this.#shouldLookAgain = true;
    this.#looking ??= this.#lookUntilDone();
    return this.#looking;
  }

  async #lookUntilDone(): Promise<void> {
    const before = this.#summary();
    while (this.#shouldLookAgain && !this.isDisposed) {
      this.#shouldLookAgain = false;
      try {
        await this.#lookOnce();
      } catch (thrown) {
        this.#stamp = '';
        this.#problem = `The file can’t be read. ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      }
    }
    this.#looking = null;
    if (!this.isDisposed && this.#summary() !== before) this.#changed.fire();
  }

  async #lookOnce(): Promise<void> {
    const file = await this.#options.file.open();
    this.#isThere = file !== null;
    this.#wasThere ||= file !== null;
    if (!file) {
      this.#problem = this.#wasThere ? null : 'There is no such file.';
      return;
    }
    try {
      await this.#readNew(file);
    } finally {
      await file.close();
    }
  }

  async #readNew(file: FileSnapshot): Promise<void> {
    const nowMs = this.#options.now();
    const stamp = `${file.sizeBytes} ${file.changedAtMs}`;
    if (stamp !== this.#stamp) {
      // The clock that stamped the file may be another machine's, ahead of ours; a change that we saw is newer than it.
      this.#changedAtMs = this.#stamp === '' ? Math.min(file.changedAtMs, nowMs) : nowMs;
      this.#stamp = stamp;
      await this.#readChanged(file);
    }
    this.#isQuiet = nowMs - this.#changedAtMs >= QUIET_MS;
    if (this.#isQuiet) this.#reading.seal();
  }

  async #readChanged(file: FileSnapshot): Promise<void> {
    if (!(await this.#reading.isOf(file))) {
      this.#reading = new TraceFileReading();
      this.#generation += 1;
    }
    this.#problem = file.sizeBytes > LARGEST_FILE_BYTES ? tooLarge(file.sizeBytes) : null;
    if (this.#problem === null) await this.#reading.readOn(file);
  }

  #summary(): string {
    const { lines, ...rest } = this.state;
    return JSON.stringify([rest, lines.length]);
  }
}

function tooLarge(sizeBytes: number): string {
  const mebibytes = (bytes: number): string => Math.round(bytes / 2 ** 20).toLocaleString('en');
  return `The file has ${mebibytes(sizeBytes)} MiB, and no more than ${mebibytes(LARGEST_FILE_BYTES)} MiB are opened here. The command line turns it into a page to read: mentorcollab export.`;
}
