import type { Usage } from '../../core/languageModel.ts';
import type { Completion } from './completion.ts';

/**
 * What a text has cost a server, as far as it tells. Where it does not say how much of a prompt it still had from before,
 * it is taken to have kept what this text sent last, as servers with a prefix cache do.
 */
export class RemoteUsage {
  #prefilled = 0;
  #decoded = 0;
  #timeMs = 0;
  #seen = '';
  #seenTokens = 0;

  /**
   * Counts one answer.
   *
   * @param isMeasured - whether the prompt's log-probabilities were told: for them servers read it whole, unless they say
   * otherwise.
   */
  add(sent: string, written: Completion, isMeasured: boolean): void {
    this.#decoded += written.writtenTokens;
    if (written.promptTokens === null) return;
    const kept = written.cachedTokens ?? (isMeasured ? 0 : this.#keptTokens(sent, written.promptTokens));
    this.#prefilled += Math.max(0, written.promptTokens - kept);
    this.#seen = sent + written.pieces.map(({ text }) => text).join('');
    this.#seenTokens = written.promptTokens + written.pieces.length;
  }

  addTime(ms: number): void {
    this.#timeMs += ms;
  }

  /** Each decoded token is taken as one pass in which it was fed back. */
  get totals(): Usage {
    const evaluated = this.#prefilled + this.#decoded;
    const common = { decoded: this.#decoded, prefilled: this.#prefilled, timeMs: this.#timeMs };
    return { ...common, evaluated, passes: this.#decoded, retokenised: 0 };
  }

  #keptTokens(sent: string, promptTokens: number): number {
    if (this.#seen === '') return 0;
    if (sent.startsWith(this.#seen)) return this.#seenTokens;
    let common = 0;
    while (common < sent.length && sent[common] === this.#seen[common]) common += 1;
    return Math.floor((promptTokens * common) / sent.length);
  }
}
