import assert from 'node:assert/strict';
import type { ErrorCode } from '../../src/core/errors.ts';
import { MentorCollabError } from '../../src/core/errors.ts';
import type { ModelText, Piece, Usage, Word } from '../../src/core/languageModel.ts';

/** Below this lead in nats the better of two tokens may change with how the text was read (Piece.lead). */
const NEAR_TIE = 0.1;

/** Writes up to so many of the model's own words, each committed. */
export async function write(text: ModelText, words: number): Promise<readonly Word[]> {
  const written: Word[] = [];
  for (let i = 0; i < words; i++) {
    const word = await text.nextWord({ entropy: false });
    written.push(word);
    if (word.text === '') break;
    text.append(word.text);
  }
  return written;
}

/** The text of pieces, joined. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** A usage's counts, without the time. */
export function countsOf(usage: Usage | undefined): readonly number[] {
  assert.ok(usage);
  return [usage.decoded, usage.prefilled, usage.evaluated, usage.passes, usage.retokenised];
}

/** Fails unless the piece's numbers are what the contract promises. */
export function assertNumbers(piece: Piece): void {
  const { logProbability, lead } = piece;
  assert.ok(logProbability !== null && Number.isFinite(logProbability) && logProbability <= 0, JSON.stringify(piece));
  assert.ok(lead !== null && Number.isFinite(lead) && lead >= 0, JSON.stringify(piece));
}

/** Fails unless the texts are equal, but for what comes after a near tie, where how the text was read may decide. */
export function assertSamePieces(actual: readonly Piece[], expected: readonly Piece[]): void {
  for (const [index, piece] of expected.entries()) {
    const other = actual[index];
    if (other?.text === piece.text) continue;
    assert.ok(
      piece.lead !== null && piece.lead < NEAR_TIE,
      `${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`,
    );
    return;
  }
  assert.equal(actual.length, expected.length);
}

/** The error that the work fails with; fails when it succeeds or throws anything else. */
export async function failureOf(work: Promise<unknown>): Promise<MentorCollabError> {
  try {
    await work;
  } catch (thrown) {
    assert.ok(thrown instanceof MentorCollabError, String(thrown));
    return thrown;
  }
  return assert.fail('it did not fail');
}

/** Fails unless the work fails with this code. */
export async function assertFails(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  assert.equal((await failureOf(work)).code, code);
}
