import type { HostRun } from '../runs/hostRun.ts';

/** How a kept run is called as a column: the user's own title, or what sets it apart from others of its question. */
export function columnTitle(run: HostRun, ownTitle: string | null): string {
  if (ownTitle !== null) return ownTitle;
  const { branch, mentorName, generatorName } = run;
  if (branch) return `Branch at step ${branch.step}: ${BRANCH_WORDS[branch.change.type]}`;
  return mentorName === null ? `${generatorName} alone` : `${generatorName} with ${mentorName}`;
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
