import type { DecisionSettings } from '../../core/decision/decisionPolicy.ts';
import type { RunSettings } from '../../core/runSettings.ts';

/** One way of answering: one of the models alone, or both together by some settings. */
export interface Arm {
  /** Unique among the arms of a bench; names files too, so it has no character that a file's name can't have. */
  readonly name: string;
  /** What it is, in words. */
  readonly description: string;
  /** The mentor alone is the loop with the mentor as generator. */
  readonly models: 'generator' | 'mentor' | 'pair';
  /** Complete, but for the seed, which each run has of its own. */
  readonly settings: RunSettings;
  /** The probability of a probe in a sweep; null for an arm that is none of one. */
  readonly sweptProbability: number | null;
}

/** Whether another seed may give an arm another text, so that one seed alone says little of it. */
export function hasChance({ models, settings }: Arm): boolean {
  if (models !== 'pair') return false;
  const { decision, verification } = settings;
  const probesByChance = decision.policy === 'random' && decision.probability > 0 && decision.probability < 1;
  return probesByChance || (verification === 'coin' && mayProbe(decision));
}

function mayProbe(decision: DecisionSettings): boolean {
  switch (decision.policy) {
    case 'random':
      return decision.probability > 0;
    case 'positions':
      return decision.steps.length > 0;
    case 'never':
      return false;
    case 'always':
    case 'confidence':
    case 'entropy':
    case 'margin':
    case 'budget':
    case 'stepStart':
    case 'surprise':
      return true;
  }
}
