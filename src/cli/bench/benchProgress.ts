import type { RunRecord } from '../../bench/run/runRecord.ts';
import { jobKey } from '../../bench/run/benchJob.ts';
import { formatTime } from '../../export/formatNumbers.ts';
import type { ProgressLine } from '../progressLine.ts';

/** What is told on a terminal while a bench goes on. */
export class BenchProgress {
  readonly #line: ProgressLine;
  readonly #total: number;
  readonly #prefix: string;
  readonly #now: () => number;
  readonly #arms = new Map<string, { done: number; right: number }>();
  readonly #seen = new Set<string>();
  #startedMs: number | null = null;
  #startedAt = 0;

  /** @param prefix - which of several pairs it is; empty for the only one. */
  constructor(line: ProgressLine, total: number, prefix: string, now: () => number) {
    this.#line = line;
    this.#total = total;
    this.#prefix = prefix;
    this.#now = now;
  }

  /** How many runs are over. */
  get done(): number {
    return this.#seen.size;
  }

  /** From here on runs are made; those told before were over already. */
  begin(): void {
    this.#startedMs = this.#now();
    this.#startedAt = this.done;
  }

  add(record: RunRecord): void {
    this.#seen.add(jobKey(record));
    const arm = this.#arms.get(record.arm) ?? { done: 0, right: 0 };
    arm.done += 1;
    if (record.isCorrect) arm.right += 1;
    this.#arms.set(record.arm, arm);
    const words = `${this.#prefix}${record.arm}: ${arm.right} of ${arm.done} right`;
    this.#line.show(`${words} · ${this.done} of ${this.#total} runs${this.#rest()}`);
  }

  #rest(): string {
    const made = this.done - this.#startedAt;
    if (this.#startedMs === null || made < 3 || this.done === this.#total) return '';
    const left = ((this.#now() - this.#startedMs) / made) * (this.#total - this.done);
    return ` · about ${formatTime(left)} left`;
  }
}
