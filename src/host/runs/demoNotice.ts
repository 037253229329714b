import type { RunNotice } from '../../protocol/panel.ts';
import { isDemoModel, isDemoQuestion } from '../../models/demoPair.ts';

/**
 * What the panel says when a demo model meets a question that it was never taught; null when all is well. A demo
 * mentor beside a real generator only offers nonsense that the verifier has to refuse, which is worth a word as well.
 */
export function demoNotice(
  pair: { readonly generator: string; readonly mentor: string },
  question: string,
): RunNotice | null {
  const areDemo = [pair.generator, pair.mentor].filter((reference) => isDemoModel(reference)).length;
  if (areDemo === 0 || isDemoQuestion(question)) return null;
  const who = areDemo === 2 ? 'The demo pair knows' : 'The demo model of this pair knows';
  const message = `${who} only three kinds of made-up problems (arithmetic stories, facts of a small world, orderings), and this is none of them: expect nonsense. Choose real models for questions of your own.`;
  return { message, action: 'choose-models' };
}
