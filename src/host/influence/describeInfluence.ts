import type { Influence } from '../../protocol/panel.ts';

/** How far a study is, or what it has found, in a sentence. */
export function describeInfluence({ phase, total, flipped, message }: Influence): string {
  const ended = flipped.filter((each) => each.phase === 'done');
  const changed = ended.filter(({ answerChanged }) => answerChanged).length;
  if (phase === 'done') return `${changed} of ${total} changed the answer.`;
  const progress = `${ended.length} of ${total} flipped`;
  return message === null ? `${progress}…` : `${progress}. ${message}`;
}
