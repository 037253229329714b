import { MentorCollabError } from '../../core/errors.ts';

/**
 * Longest question taken, in characters (UTF-16 units). More would not fit the context of a model that runs on a desk;
 * a whole file selected by a slip of the hand is refused before anything is loaded.
 */
export const LONGEST_QUESTION = 100_000;

/**
 * The question as it is asked: without white space around it.
 *
 * @param subject - what the text is called in a message, such as `The selection`.
 * @throws MentorCollabError `bad-input` when the text is empty or too long.
 */
export function checkQuestion(text: string, subject: string): string {
  const question = text.trim();
  if (question === '') {
    throw new MentorCollabError('bad-input', `${subject} is empty. Write or select a question first.`);
  }
  if (question.length > LONGEST_QUESTION) {
    const [length, most] = [question.length, LONGEST_QUESTION].map((count) => count.toLocaleString('en'));
    throw new MentorCollabError(
      'bad-input',
      `${subject} has ${length ?? ''} characters, but at most ${most ?? ''} can be asked at once. Select just the problem.`,
    );
  }
  return question;
}
