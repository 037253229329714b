import type { Token } from 'node-llama-cpp';
import { MentorCollabError } from '../../core/errors.ts';
import type { PromptSegments } from '../promptSegments.ts';
import { answerTokens } from '../promptSegments.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** A prompt as its model reads it. */
export interface PromptTokens {
  readonly tokens: readonly Token[];
  /** How many at the start are not in the prompt itself: 1 for a BOS that the model asks for. */
  readonly added: number;
}

/** Tokens of a prompt of text. */
export function tokensOfSegments(vocabulary: Vocabulary, segments: PromptSegments, text: string | null): PromptTokens {
  const tokens = [...segments.head, ...answerTokens(vocabulary, segments.tail, '')];
  const bos = vocabulary.wantedBos;
  const isAdded = text !== null && bos !== null && tokens[0] === bos && !text.startsWith(vocabulary.spelling(bos));
  return { tokens, added: isAdded ? 1 : 0 };
}

/**
 * Tokens that somebody else has chosen.
 *
 * @throws MentorCollabError `bad-input` for one that the model does not have.
 */
export function givenTokens(vocabulary: Vocabulary, ids: readonly number[]): readonly Token[] {
  return ids.map((id) => {
    if (Number.isInteger(id) && id >= 0 && id < vocabulary.size) {
      // A token's id is its place in the vocabulary.
      return id as Token;
    }
    throw new MentorCollabError(
      'bad-input',
      `There is no token ${id} in this model: its tokens are 0 to ${vocabulary.size - 1}. Tokenise the text with this model.`,
    );
  });
}
