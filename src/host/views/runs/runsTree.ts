import type { FamilyTree } from '../../history/familyTree.ts';
import type { RunSummary } from '../../history/runSummary.ts';
import type { Calendar } from './dayLabel.ts';
import { dayKey, dayLabel } from './dayLabel.ts';
import { searchRuns } from './searchRuns.ts';

/** The runs that began on one day, with all their branches, whenever those were made. */
export interface RunDay {
  readonly key: string;
  readonly label: string;
  /** Newest first. */
  readonly runIds: readonly string[];
}

/** What the view shows: days, and below each its runs. */
export interface RunsTree {
  /** Newest first. */
  readonly days: readonly RunDay[];
  /** Everything on show, by name. */
  readonly runs: ReadonlyMap<string, RunSummary>;
  readonly families: FamilyTree;
  /** Runs that the filter fits; others are shown only because a branch of theirs is. */
  readonly found: number;
}

export interface RunsTreeOptions extends Calendar {
  /** Words that a run must have; empty for all runs. */
  readonly filter: string;
}

/** Sorts kept runs into days and trees. */
export function runsTree(
  runs: readonly RunSummary[],
  families: FamilyTree,
  { filter, ...calendar }: RunsTreeOptions,
): RunsTree {
  const found = searchRuns(runs, filter);
  const shown = new Map<string, RunSummary>();
  for (const run of found) {
    // With its parents, whoever has been added with theirs already.
    for (let at: RunSummary | null = run; at && !shown.has(at.runId); at = families.parentOf(at.runId)) {
      shown.set(at.runId, at);
    }
  }
  const days = new Map<string, { label: string; runIds: string[] }>();
  for (const { runId, startedAtMs } of families.roots) {
    if (!shown.has(runId)) continue;
    const key = dayKey(startedAtMs);
    const day = days.get(key) ?? { label: dayLabel(startedAtMs, calendar), runIds: [] };
    day.runIds.push(runId);
    days.set(key, day);
  }
  return {
    days: [...days].map(([key, day]) => ({ key, ...day })),
    runs: shown,
    families,
    found: found.length,
  };
}
