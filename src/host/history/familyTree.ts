import { isAnswerChanged } from '../../core/answer/sameAnswer.ts';
import type { RelatedRun, RunPhase } from '../../protocol/panel.ts';
import type { KeptPhase, RunSummary } from './runSummary.ts';
import { runTitle } from './runSummary.ts';

/** Runs and their branches. A branch whose parent is not kept is a root; branches in a circle are cut at one of them. */
export class FamilyTree {
  /** Newest first. */
  readonly roots: readonly RunSummary[];
  readonly #children: ReadonlyMap<string, readonly RunSummary[]>;
  readonly #parents: ReadonlyMap<string, RunSummary>;

  constructor(runs: readonly RunSummary[]) {
    const oldestFirst = runs.toSorted((a, b) => a.startedAtMs - b.startedAtMs || compareText(a.runId, b.runId));
    this.#parents = parentsOf(oldestFirst);
    const children = new Map<string, RunSummary[]>();
    for (const run of oldestFirst) {
      const parent = this.#parents.get(run.runId);
      if (parent) children.set(parent.runId, [...(children.get(parent.runId) ?? []), run]);
    }
    this.#children = children;
    this.roots = oldestFirst.filter(({ runId }) => !this.#parents.has(runId)).reverse();
  }

  /** A run's own branches, oldest first. */
  childrenOf(runId: string): readonly RunSummary[] {
    return this.#children.get(runId) ?? [];
  }

  /** The run that a branch leaves; null for a root. */
  parentOf(runId: string): RunSummary | null {
    return this.#parents.get(runId) ?? null;
  }

  /** Whether a branch's answer is another than its parent's; null for a root, and until both have ended. */
  isAnswerChanged(run: RunSummary): boolean | null {
    const parent = this.parentOf(run.runId);
    return parent && hasEnded(run) && hasEnded(parent) ? isAnswerChanged(parent.answer, run.answer) : null;
  }

  /** The tree that a run is in, each parent before its branches; empty for a run without any. */
  familyOf(run: RunSummary): readonly RelatedRun[] {
    let root = run;
    for (let parent = this.parentOf(root.runId); parent; parent = this.parentOf(root.runId)) root = parent;
    if (this.childrenOf(root.runId).length === 0) return [];
    const family: RelatedRun[] = [];
    const waiting = [{ run: root, depth: 0 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { run: each, depth } = next;
      family.push({
        runId: each.runId,
        title: runTitle(each),
        branch: depth === 0 ? null : each.branch,
        depth,
        phase: PANEL_PHASES[each.phase],
        answer: each.answer,
        answerChanged: this.isAnswerChanged(each),
      });
      waiting.push(
        ...this.childrenOf(each.runId)
          .toReversed()
          .map((child) => ({ run: child, depth: depth + 1 })),
      );
    }
    return family;
  }
}

/** Each branch's parent; files may claim anything, so that a parent may be its own branch's branch. */
function parentsOf(runs: readonly RunSummary[]): ReadonlyMap<string, RunSummary> {
  const byId = new Map(runs.map((run) => [run.runId, run]));
  const parents = new Map<string, RunSummary>();
  for (const { runId, branch } of runs) {
    const parent = branch && byId.get(branch.parentRunId);
    if (parent) parents.set(runId, parent);
  }
  const sound = new Set<string>();
  for (const { runId } of runs) {
    const path = new Set<string>();
    let at: string | undefined = runId;
    while (at !== undefined && !sound.has(at) && !path.has(at)) {
      path.add(at);
      at = parents.get(at)?.runId;
    }
    if (at !== undefined && path.has(at)) parents.delete(at);
    for (const each of path) sound.add(each);
  }
  return parents;
}

const PANEL_PHASES: Readonly<Record<KeptPhase, RunPhase>> = {
  running: 'running',
  done: 'done',
  stopped: 'stopped',
  failed: 'failed',
  interrupted: 'failed',
  damaged: 'failed',
};

/** Whether a run's answer is known, so that it can be compared. */
function hasEnded({ phase, isOpen }: RunSummary): boolean {
  return phase !== 'running' && phase !== 'damaged' && !isOpen;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
