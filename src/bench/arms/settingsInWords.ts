import type { RunSettings } from '../../core/runSettings.ts';
import type { DecisionSettings } from '../../core/decision/decisionPolicy.ts';
import type { VerificationName } from '../../core/verification/verificationPolicy.ts';

const VERIFICATIONS: Readonly<Record<VerificationName, string>> = {
  letter: "the verifier's letter decides",
  alwaysMentor: "the mentor's patch is taken always",
  alwaysGenerator: "the mentor's patch is taken never",
  coin: 'a coin decides',
};

/** What settings of a pair do, in one line. */
export function settingsInWords({ decision, verification, patchTokens, maxTokens }: RunSettings): string {
  return [
    decisionInWords(decision),
    VERIFICATIONS[verification],
    `patches of ${patchTokens} tokens`,
    `up to ${maxTokens} tokens`,
  ].join(', ');
}

function decisionInWords(decision: DecisionSettings): string {
  switch (decision.policy) {
    case 'random':
      return `probes at a word with probability ${decision.probability}`;
    case 'positions':
      if (decision.steps.length === 0) return 'never probes';
      return `probes at ${decision.steps.length === 1 ? 'step' : 'steps'} ${decision.steps.join(', ')}`;
    case 'always':
      return 'probes at every word';
    case 'never':
      return 'never probes';
  }
}
