import type { Candidate } from '../../core/languageModel.ts';

/** ln of the summed probabilities of at least one candidate. */
export function logOfSum(candidates: readonly Candidate[]): number {
  const values = candidates.map(({ logProbability }) => logProbability);
  const best = Math.max(...values);
  const sum = values.reduce((total, value) => total + Math.exp(value - best), 0);
  return Math.min(0, best + Math.log(sum)) + 0;
}
