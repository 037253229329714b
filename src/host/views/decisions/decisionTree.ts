import type { Decision } from '../../../core/view/runView.ts';
import type { OutcomeFilter } from './outcomeFilter.ts';

/** Decisions of a group. */
export const GROUP_SIZE = 100;

/** Up to so many decisions stand in one list; more are put into groups, so that a run that grows renews only the last. */
export const LONGEST_LIST = 200;

/** One decision in the tree. */
export interface DecisionLeaf {
  readonly type: 'decision';
  readonly decision: Decision;
  /** How often it was made another item, to take a selection off it. */
  readonly renewals: number;
}

/** Decisions one after the other. */
export interface DecisionGroup {
  readonly type: 'group';
  readonly index: number;
  /** Grows. */
  readonly leaves: readonly DecisionLeaf[];
}

export type DecisionNode = DecisionLeaf | DecisionGroup;

/** What has to be drawn anew: all, a group with what is in it, or nothing. */
export type TreeChange = 'all' | 'nothing' | DecisionGroup;

interface OwnLeaf extends DecisionLeaf {
  renewals: number;
}
interface OwnGroup extends DecisionGroup {
  readonly leaves: OwnLeaf[];
}

/** The decisions of one run as a tree under one filter; grows with the run. */
export class DecisionTree {
  readonly #filter: OutcomeFilter;
  readonly #leaves: OwnLeaf[] = [];
  readonly #groups: OwnGroup[] = [];
  readonly #leafByStep = new Map<number, OwnLeaf>();
  readonly #groupByLeaf = new Map<DecisionLeaf, OwnGroup>();
  #seen = 0;

  constructor(filter: OutcomeFilter) {
    this.#filter = filter;
  }

  /** How many decisions it shows. */
  get size(): number {
    return this.#leaves.length;
  }

  /** What stands at the top. */
  get roots(): readonly DecisionNode[] {
    return this.#isGrouped ? this.#groups : this.#leaves;
  }

  /** The decision at a step; null where none is shown. */
  leafAt(step: number): DecisionLeaf | null {
    return this.#leafByStep.get(step) ?? null;
  }

  /** The group that a decision stands in; null at the top. */
  groupOf(leaf: DecisionLeaf): DecisionGroup | null {
    return this.#isGrouped ? (this.#groupByLeaf.get(leaf) ?? null) : null;
  }

  /**
   * Takes what has been added.
   *
   * @param decisions - all of the run, of which those known already are passed over.
   */
  grow(decisions: readonly Decision[]): TreeChange {
    const sizeBefore = this.size;
    const groupsBefore = this.#isGrouped ? this.#groups.length : 0;
    for (; this.#seen < decisions.length; this.#seen++) {
      const decision = decisions[this.#seen];
      if (decision && this.#filter.has(decision.outcome)) this.#add({ type: 'decision', decision, renewals: 0 });
    }
    if (this.size === sizeBefore) return 'nothing';
    const isSame = this.#isGrouped && this.#groups.length === groupsBefore;
    return (isSame ? this.#groups.at(-1) : null) ?? 'all';
  }

  /** Makes a decision another item, so that it is no longer the selected one. */
  renew(leaf: DecisionLeaf): void {
    const own = this.#leafByStep.get(leaf.decision.step);
    if (own === leaf) own.renewals += 1;
  }

  get #isGrouped(): boolean {
    return this.#leaves.length > LONGEST_LIST;
  }

  #add(leaf: OwnLeaf): void {
    const last = this.#groups.at(-1);
    const isFull = !last || last.leaves.length >= GROUP_SIZE;
    const group = isFull ? { type: 'group' as const, index: this.#groups.length, leaves: [] } : last;
    if (isFull) this.#groups.push(group);
    group.leaves.push(leaf);
    this.#leaves.push(leaf);
    this.#leafByStep.set(leaf.decision.step, leaf);
    this.#groupByLeaf.set(leaf, group);
  }
}
