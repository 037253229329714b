import type { RandomSource } from '../randomSource.ts';
import type { DecisionInput, DecisionPolicy, ProbeReason } from './decisionPolicy.ts';

/** Each word with the same probability, by a draw a step; what a step has drawn does not depend on the words. */
export class RandomDecision implements DecisionPolicy {
  readonly #probability: number;
  readonly #random: RandomSource;
  readonly #draws: number[] = [];

  constructor(probability: number, random: RandomSource) {
    this.#probability = probability;
    this.#random = random;
  }

  needsEntropy(step: number): boolean {
    return this.#draw(step) < this.#probability;
  }

  decide({ step }: DecisionInput): ProbeReason | null {
    const draw = this.#draw(step);
    return draw < this.#probability ? { policy: 'random', draw, probability: this.#probability } : null;
  }

  #draw(step: number): number {
    while (this.#draws.length <= step) this.#draws.push(this.#random());
    // The loop has drawn it.
    return this.#draws[step] ?? 1;
  }
}
