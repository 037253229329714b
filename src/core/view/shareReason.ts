import type { RunCounts } from './runView.ts';

/** Why a finished run's mentor share is 0; null when it is not. A run always says it (method.md, "What we count"). */
export function whyShareIsZero(counts: RunCounts): string | null {
  if (counts.acceptedTokens.mentor > 0) return null;
  if (counts.acceptedTokens.generator === 0) return 'the text is empty';
  if (counts.probes === 0) return 'the mentor was never probed';
  if (counts.divergences === 0) return 'the mentor agreed at every probe';
  if (counts.taken === 0) return "the verifier kept the generator's patch at every divergence";
  return 'every patch taken from the mentor was empty or dropped';
}
