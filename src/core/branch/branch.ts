import type { DecisionSettings } from '../decision/decisionPolicy.ts';
import type { RunSettings } from '../runSettings.ts';
import type { Author } from '../verification/verdict.ts';

/** What a branch does otherwise than its parent. */
export type BranchChange =
  /** Takes the patch that the parent did not take at the step. */
  | { readonly type: 'other-patch' }
  /** Takes this one piece at the step, as its author could have written it; the next word begins behind it. */
  | { readonly type: 'candidate'; readonly by: Author; readonly text: string }
  /** Never probes the mentor from the step on. */
  | { readonly type: 'without-mentor' }
  /** Probes the mentor at every word from the step on. */
  | { readonly type: 'with-mentor' };

/** A counterfactual: another run up to a step, and a change there. */
export interface Branch {
  readonly parentRunId: string;
  /** The first step that is not the parent's, from 0. */
  readonly step: number;
  readonly change: BranchChange;
}

/** Settings from the branch's step on; all others are the parent's, so that it is probed at the same steps. */
export function branchSettings(parent: RunSettings, change: BranchChange): RunSettings {
  const decision = changedDecision(change);
  return decision ? { ...parent, decision } : parent;
}

function changedDecision(change: BranchChange): DecisionSettings | null {
  switch (change.type) {
    case 'other-patch':
    case 'candidate':
      return null;
    case 'without-mentor':
      return { policy: 'never' };
    case 'with-mentor':
      return { policy: 'always' };
  }
}
