import { asMentorCollabError } from '../errors.ts';

/** What a model answers; null where it refuses because its server does not tell such numbers. */
export async function unlessUntold<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (asMentorCollabError(thrown).code === 'bad-input') return null;
    throw thrown;
  }
}
