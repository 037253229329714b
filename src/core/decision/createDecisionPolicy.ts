import type { RandomSource } from '../randomSource.ts';
import { BudgetDecision } from './budgetDecision.ts';
import { ConfidenceDecision } from './confidenceDecision.ts';
import type { DecisionPolicy, DecisionSettings } from './decisionPolicy.ts';
import { EntropyDecision } from './entropyDecision.ts';
import { AlwaysDecision, NeverDecision, PositionsDecision } from './fixedDecisions.ts';
import { MarginDecision } from './marginDecision.ts';
import { RandomDecision } from './randomDecision.ts';
import { StepStartDecision } from './stepStartDecision.ts';
import { SurpriseDecision } from './surpriseDecision.ts';

/** The policy that the settings name; `random` draws exactly once a step. */
export function createDecisionPolicy(settings: DecisionSettings, random: RandomSource): DecisionPolicy {
  switch (settings.policy) {
    case 'random':
      return new RandomDecision(settings.probability, random);
    case 'confidence':
      return new ConfidenceDecision(settings.threshold);
    case 'entropy':
      return new EntropyDecision(settings.threshold);
    case 'margin':
      return new MarginDecision(settings.threshold);
    case 'budget':
      return new BudgetDecision(settings.share);
    case 'stepStart':
      return new StepStartDecision(settings.threshold);
    case 'surprise':
      return new SurpriseDecision(settings.threshold);
    case 'positions':
      return new PositionsDecision(settings.steps);
    case 'always':
      return new AlwaysDecision();
    case 'never':
      return new NeverDecision();
  }
}
