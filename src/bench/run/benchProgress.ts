import { formatTime } from '../../export/formatNumbers.ts';
import type { RunRecord } from './runRecord.ts';

/** Runs from which on the time that is left can be told. */
const ENOUGH_TO_TELL = 3;

/** How far a bench is, in words and as a share. */
export class BenchProgress {
  readonly #total: number;
  readonly #now: () => number;
  readonly #arms = new Map<string, { done: number; right: number }>();
  #done = 0;
  #arm: string | null = null;
  #begun: { readonly atMs: number; readonly done: number } | null = null;

  /** @param now - clock in milliseconds; only differences are used. */
  constructor(total: number, now: () => number) {
    this.#total = total;
    this.#now = now;
  }

  get done(): number {
    return this.#done;
  }

  /** 0..1. */
  get share(): number {
    return this.#total === 0 ? 1 : this.#done / this.#total;
  }

  /** Such as `paper-free: 12 of 20 right · 40 of 180 runs`. */
  get words(): string {
    const count = `${this.#done} of ${this.#total} runs${this.#rest()}`;
    const arm = this.#arm === null ? undefined : this.#arms.get(this.#arm);
    return this.#arm === null || !arm ? count : `${this.#arm}: ${arm.right} of ${arm.done} right · ${count}`;
  }

  /** A run is over. */
  add({ arm, isCorrect }: Pick<RunRecord, 'arm' | 'isCorrect'>): void {
    const known = this.#arms.get(arm) ?? { done: 0, right: 0 };
    this.#arms.set(arm, { done: known.done + 1, right: known.right + (isCorrect ? 1 : 0) });
    this.#arm = arm;
    this.#done += 1;
  }

  /** From here on runs are made; those told before were over already. */
  begin(): void {
    this.#begun = { atMs: this.#now(), done: this.#done };
  }

  #rest(): string {
    if (!this.#begun || this.#done >= this.#total) return '';
    const made = this.#done - this.#begun.done;
    if (made < ENOUGH_TO_TELL) return '';
    const leftMs = ((this.#now() - this.#begun.atMs) / made) * (this.#total - this.#done);
    return ` · about ${formatTime(leftMs)} left`;
  }
}
