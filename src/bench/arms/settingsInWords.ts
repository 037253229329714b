import type { RunSettings } from '../../core/runSettings.ts';
import type { DecisionSettings } from '../../core/decision/decisionPolicy.ts';
import { LEAST_SCORE, MOST_SCORE } from '../../core/verification/score.ts';
import type { VerificationName } from '../../core/verification/verificationPolicy.ts';

const VERIFICATIONS: Readonly<Record<VerificationName, string>> = {
  letter: "the verifier's letter decides",
  letterSwapped: "the verifier's letters in both orders decide",
  confidence: 'the surer model’s patch is kept',
  halfAsSure: 'the mentor’s patch is kept if it is more than half as sure of its word',
  likelihood: 'the patch that both models hold for likelier is kept',
  mlp: 'a trained MLP decides',
  logistic: 'a trained logistic model decides',
  score: `the generator’s patch is kept if the mentor scores it ${LEAST_SCORE} of ${MOST_SCORE} or more`,
  alwaysMentor: "the mentor's patch is taken always",
  alwaysGenerator: "the mentor's patch is taken never",
  coin: 'a coin decides',
};

/** What settings of a pair do, in one line. */
export function settingsInWords(settings: RunSettings): string {
  const { decision, verification, earlyRejoin, maxTokens } = settings;
  return [
    decisionInWords(decision),
    VERIFICATIONS[verification],
    patchInWords(settings),
    ...(earlyRejoin ? ['the mentor’s patches end where the generator agrees again'] : []),
    `up to ${maxTokens} tokens`,
  ].join(', ');
}

function patchInWords({ patchLength, patchTokens }: RunSettings): string {
  switch (patchLength) {
    case 'word':
      return 'patches of a word';
    case 'sentence':
      return `patches of a sentence, at most ${patchTokens} tokens`;
    case 'tokens':
      return `patches of ${patchTokens} tokens`;
  }
}

function decisionInWords(decision: DecisionSettings): string {
  switch (decision.policy) {
    case 'random':
      return `probes at a word with probability ${decision.probability}`;
    case 'confidence':
      return `probes where the generator’s confidence is below ${decision.threshold}`;
    case 'entropy':
      return `probes where the generator’s entropy is at least ${decision.threshold} nats`;
    case 'margin':
      return `probes where the generator’s best piece leads by less than ${decision.threshold}`;
    case 'budget':
      return `probes where the generator’s entropy is in the top ${100 * decision.share}%`;
    case 'stepStart':
      if (decision.threshold === 0) return 'probes at first words of sentences and lines';
      return `probes at first words of sentences and lines with an entropy of at least ${decision.threshold} nats`;
    case 'surprise':
      return `probes where the mentor prefers its own word by more than ${decision.threshold} nats`;
    case 'positions':
      if (decision.steps.length === 0) return 'never probes';
      return `probes at ${decision.steps.length === 1 ? 'step' : 'steps'} ${decision.steps.join(', ')}`;
    case 'always':
      return 'probes at every word';
    case 'never':
      return 'never probes';
  }
}
