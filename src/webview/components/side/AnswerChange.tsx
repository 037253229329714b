import type { JSX } from 'preact';

/** Whether an answer is another one, by sign and words. */
export function AnswerChange({ isChanged }: { readonly isChanged: boolean }): JSX.Element {
  return (
    <span class={isChanged ? 'answer-change is-changed' : 'answer-change'}>
      <span aria-hidden="true">{isChanged ? '≠ ' : '= '}</span>
      {isChanged ? 'answer changed' : 'same answer'}
    </span>
  );
}
