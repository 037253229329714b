import { isAnswerChanged } from '../../core/answer/sameAnswer.ts';
import type { BranchChange } from '../../core/branch/branch.ts';
import type { Source } from '../../core/runEvent.ts';
import { visibleText } from '../../core/view/visibleText.ts';

/**
 * What a branch does otherwise, as a clause that follows "from step 12: ".
 *
 * @param source - whose text the branch has at its step; null while it is not known.
 */
export function changeClause(change: BranchChange, source: Source | null): string {
  switch (change.type) {
    case 'other-patch':
      if (source === null) return 'the other patch was taken';
      return source === 'mentor'
        ? "the mentor's patch was taken instead of the generator's"
        : "the generator's patch was taken instead of the mentor's";
    case 'candidate':
      return `the ${change.by}'s candidate “${visibleText(change.text)}” was taken`;
    case 'without-mentor':
      return 'continued without the mentor';
    case 'with-mentor':
      return 'continued with the mentor, probed at every word';
  }
}

/** Whether the change decides the text of the branch's first step; otherwise the step was taken as any other. */
export function decidesStep(change: BranchChange): boolean {
  return change.type === 'other-patch' || change.type === 'candidate';
}

/** What became of the answer of a run. */
export function answerSentence(before: string | null, after: string | null): string {
  if (before === null && after === null) return 'Neither run found an answer.';
  if (!isAnswerChanged(before, after)) return `The answer is still ${after ?? 'none'}.`;
  return `The answer changed from ${before ?? 'none'} to ${after ?? 'none'}.`;
}
