import type { DecisionInput, DecisionPolicy, ProbeReason } from './decisionPolicy.ts';

/** At the listed steps. */
export class PositionsDecision implements DecisionPolicy {
  readonly #steps: ReadonlySet<number>;

  constructor(steps: readonly number[]) {
    this.#steps = new Set(steps);
  }

  needsEntropy(step: number): boolean {
    return this.#steps.has(step);
  }

  decide({ step }: DecisionInput): ProbeReason | null {
    return this.#steps.has(step) ? { policy: 'positions' } : null;
  }
}

/** At every word. */
export class AlwaysDecision implements DecisionPolicy {
  needsEntropy(): boolean {
    return true;
  }

  decide(): ProbeReason {
    return { policy: 'always' };
  }
}

/** At no word. */
export class NeverDecision implements DecisionPolicy {
  needsEntropy(): boolean {
    return false;
  }

  decide(): null {
    return null;
  }
}
