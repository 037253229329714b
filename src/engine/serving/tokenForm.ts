import type { Token } from 'node-llama-cpp';
import type { Vocabulary } from '../vocabulary.ts';
import type { TokenForm } from './servingEngine.ts';

/**
 * How a token is shown.
 *
 * @param isFirst - whether a stretch of text begins with it (see {@link Vocabulary.bytesOf}).
 */
export function tokenForm(vocabulary: Vocabulary, token: Token, isFirst: boolean): TokenForm {
  const bytes = vocabulary.bytesOf(token, isFirst);
  const isWord = bytes.length === 0 && vocabulary.isControl(token);
  return { id: token, bytes, controlWord: isWord ? vocabulary.spelling(token) : null };
}

/** A list of tokens as they are shown one behind the other. */
export function tokenForms(vocabulary: Vocabulary, tokens: readonly Token[]): readonly TokenForm[] {
  return tokens.map((token, index) => tokenForm(vocabulary, token, beginsStretch(vocabulary, tokens[index - 1])));
}

/** Whether a stretch of text begins behind this token; undefined stands for the beginning of everything. */
export function beginsStretch(vocabulary: Vocabulary, before: Token | undefined): boolean {
  return before === undefined || vocabulary.isControl(before);
}
