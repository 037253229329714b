import { MentorCollabError } from '../../core/errors.ts';

/** An error of a place in a data set; `message` is a sentence that says what is wrong and what to do. */
export function dataError(place: string, message: string): MentorCollabError {
  return new MentorCollabError('bad-input', `${place}: ${message}`);
}
