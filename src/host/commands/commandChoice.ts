import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';

/**
 * What a command was given to work on by a key binding or a test; null where it was given none, so that the user has to be
 * asked.
 *
 * @param refusal - begins the message, such as `This benchmark can't be run`.
 * @param fields - ends it: what may be given, for people.
 * @throws MentorCollabError `bad-input` for an object that is none.
 */
export function commandChoice<T>(
  argument: unknown,
  schema: z.ZodType<T>,
  { refusal, fields }: { readonly refusal: string; readonly fields: string },
): T | null {
  if (typeof argument !== 'object' || argument === null || !('data' in argument)) return null;
  const parsed = schema.safeParse(argument);
  if (parsed.success) return parsed.data;
  const reason = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
  throw new MentorCollabError('bad-input', `${refusal}: ${reason}. It may have ${fields}.`);
}
