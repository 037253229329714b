import type { Branch } from '../../core/branch/branch.ts';
import type { HostRun } from '../runs/hostRun.ts';

/** How a kept run is called as a column: the user's own title, or what sets it apart from others of its question. */
export function columnTitle(
  { branch, mentorName, generatorName }: Pick<HostRun, 'branch' | 'generatorName' | 'mentorName'>,
  ownTitle: string | null,
): string {
  if (ownTitle !== null) return ownTitle;
  if (branch) return branchTitle(branch);
  return modelPair(generatorName, mentorName);
}

/** Generator and mentor of a run. */
export function modelPair(generatorName: string, mentorName: string | null): string {
  return mentorName === null ? `${generatorName} alone` : `${generatorName} with ${mentorName}`;
}

/** What a branch does otherwise, and where. */
export function branchTitle(branch: Branch): string {
  return `Branch at step ${branch.step}: ${branchWords(branch)}`;
}

/** What a branch does otherwise. */
export function branchWords({ change }: Branch): string {
  return BRANCH_WORDS[change.type];
}

const BRANCH_WORDS = {
  'other-patch': 'the other patch',
  candidate: 'another word',
  'without-mentor': 'without the mentor',
  'with-mentor': 'with the mentor',
} as const;

/** When a kept run began, in the reader's own time, and its preset; null where its trace does not tell. */
export function columnDetail({ lines, preset }: HostRun): string | null {
  const header = lines[0];
  if (header?.type !== 'run-started') return null;
  const startedAt = new Date(header.startedAt);
  // An unreadable date is no reason not to compare.
  if (Number.isNaN(startedAt.getTime())) return preset;
  return `${startedAt.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}, ${preset}`;
}
