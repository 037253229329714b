import { extractAnswer } from '../../core/answer/extractAnswer.ts';
import { sameAnswer } from '../../core/answer/sameAnswer.ts';
import { withoutThinking } from '../../core/answer/thinking.ts';
import type { BenchItem } from '../data/benchItem.ts';
import { choiceAnswer } from './choiceAnswer.ts';
import type { AnswerMode, Judgement } from './judgement.ts';
import { UNPARSED } from './judgement.ts';
import { mathAnswer } from './mathAnswer.ts';
import { judgeNumber } from './numberAnswer.ts';
import { sameMath } from './sameMath.ts';

/**
 * Finds the answer that a model's whole text gives to an item, and compares it with the expected one. Thinking is left
 * out. For choices and texts both modes are the same.
 *
 * @param text - all that the model wrote, thinking included.
 */
export async function judgeAnswer(
  item: Pick<BenchItem, 'task' | 'answer' | 'choices'>,
  text: string,
  mode: AnswerMode = 'strict',
): Promise<Judgement> {
  const visible = withoutThinking(text);
  switch (item.task) {
    case 'number':
      return judgeNumber(visible, item.answer, mode);
    case 'choice':
      return judged(choiceAnswer(visible, item.choices ?? []), (label) => label === item.answer);
    case 'text':
      return judged(extractAnswer(visible), (given) => sameAnswer(given, item.answer));
    case 'math': {
      const given = mathAnswer(visible, mode);
      const isCorrect = given !== null && (await sameMath(given, item.answer));
      return judged(given, () => isCorrect);
    }
  }
}

function judged(given: string | null, isRight: (given: string) => boolean): Judgement {
  return given === null ? UNPARSED : { given, isCorrect: isRight(given), isParsed: true };
}
