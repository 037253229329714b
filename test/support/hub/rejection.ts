import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';

/** The error of ours that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<MentorCollabError> {
  let caught: unknown = null;
  await promise.catch((thrown: unknown) => {
    caught = thrown;
  });
  assert.ok(caught instanceof MentorCollabError, String(caught));
  return caught;
}
