import { MentorCollabError } from '../core/errors.ts';
import type { Room } from './llamaText.ts';
import type { ModelWeights } from './modelWeights.ts';

/** What a text of a model has room for in a context of so many tokens. */
export function roomOf(size: number, weights: ModelWeights): Room {
  return {
    // llama.cpp keeps one place free.
    tokens: size - 1,
    fullError: (needed) =>
      new MentorCollabError(
        'context-full',
        `Prompt and text need ${needed} tokens, but the context of ${weights.file.facts.name} holds ${size - 1}. ` +
          `${adviceToGrow(size, weights)} or lower the token limit (maxTokens, --max-tokens).`,
      ),
  };
}

/** Throws `bad-input` for a prompt of nothing, `context-full` for one that does not fit by itself. */
export function checkPromptLength(tokens: number, size: number, weights: ModelWeights): void {
  if (tokens === 0) throw new MentorCollabError('bad-input', 'The prompt is empty. Write a question.');
  // llama.cpp keeps one place free.
  if (tokens > size - 1) throw promptTooLong(tokens, size, weights);
}

function promptTooLong(needed: number, size: number, weights: ModelWeights): MentorCollabError {
  return new MentorCollabError(
    'context-full',
    `The question needs ${needed} tokens, but the context of ${weights.file.facts.name} holds ${size - 1}. ` +
      `${adviceToGrow(size, weights)} or shorten the question.`,
  );
}

function adviceToGrow(size: number, weights: ModelWeights): string {
  const most = weights.model.trainContextSize;
  return size < most
    ? `Raise the context size (contextSize, --context-size; this model takes up to ${most})`
    : 'Choose a model with a larger context (this one is at its limit)';
}
