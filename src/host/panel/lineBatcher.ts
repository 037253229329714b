import type { TraceLine } from '../../protocol/trace.ts';
import { Disposable } from '../disposable.ts';
import type { DisposableLike } from '../disposable.ts';
import type { Scheduler } from '../scheduler.ts';

/** Time between two messages to the panel, in milliseconds: two frames of a usual screen. */
export const BATCH_MS = 33;

/** Gathers trace lines and hands them on together, so that a fast model does not flood the panel. */
export class LineBatcher extends Disposable {
  readonly #scheduler: Scheduler;
  readonly #send: (lines: readonly TraceLine[]) => void;
  #lines: TraceLine[] = [];
  #timer: DisposableLike | null = null;

  constructor(scheduler: Scheduler, send: (lines: readonly TraceLine[]) => void) {
    super();
    this.#scheduler = scheduler;
    this.#send = send;
    this.register({
      dispose: () => {
        this.clear();
      },
    });
  }

  /** Takes lines, to be sent within {@link BATCH_MS}. */
  add(lines: readonly TraceLine[]): void {
    if (this.isDisposed || lines.length === 0) return;
    this.#lines.push(...lines);
    this.#timer ??= this.#scheduler.after(BATCH_MS, () => {
      this.flush();
    });
  }

  /** Sends what has been gathered now, so that what follows comes after it. */
  flush(): void {
    const lines = this.#lines;
    this.clear();
    if (lines.length > 0) this.#send(lines);
  }

  /** Forgets what has been gathered. */
  clear(): void {
    this.#timer?.dispose();
    this.#timer = null;
    this.#lines = [];
  }
}
