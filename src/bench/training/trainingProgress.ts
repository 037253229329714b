import { formatTime } from '../../export/formatNumbers.ts';
import type { EpochLosses } from '../../verifier/training/fitMlp.ts';
import { countText, decimalText } from '../report/reportNumbers.ts';

/** Questions from which on the time that is left can be told. */
const ENOUGH_TO_TELL = 3;

/** How far a training is, in words and as a share. */
export class TrainingProgress {
  readonly #total: number;
  readonly #now: () => number;
  #done = 0;
  #begun: { readonly atMs: number; readonly done: number } | null = null;
  #fitted: string | null = null;

  /**
   * @param total - questions.
   * @param now - clock in milliseconds; only differences are used.
   */
  constructor(total: number, now: () => number) {
    this.#total = total;
    this.#now = now;
  }

  /** Of the questions, 0..1: they are nearly all of the work. */
  get share(): number {
    return this.#total === 0 ? 1 : this.#done / this.#total;
  }

  /** Such as `40 of 1,200 questions · about 3 min left`, then `fitting to 400 divergences · epoch 3, loss 0.412`. */
  get words(): string {
    if (this.#fitted !== null) return this.#fitted;
    return `${countText(this.#done)} of ${countText(this.#total)} questions${this.#rest()}`;
  }

  /** From here on questions are run; those told before were over already. */
  begin(): void {
    this.#begun = { atMs: this.#now(), done: this.#done };
  }

  /** A question is over. */
  addQuestion(): void {
    this.#done += 1;
  }

  /** The verifiers are being fitted. */
  fit(examples: number): void {
    this.#fitted = `fitting to ${countText(examples)} divergences`;
  }

  addEpoch({ epoch, stopping }: EpochLosses): void {
    const [fitting = ''] = (this.#fitted ?? '').split(' · ');
    this.#fitted = `${fitting} · epoch ${epoch}, loss ${decimalText(stopping)}`;
  }

  #rest(): string {
    if (!this.#begun || this.#done >= this.#total) return '';
    const made = this.#done - this.#begun.done;
    if (made < ENOUGH_TO_TELL) return '';
    return ` · about ${formatTime(((this.#now() - this.#begun.atMs) / made) * (this.#total - this.#done))} left`;
  }
}
