import type { Token } from 'node-llama-cpp';
import type { AheadWord } from '../core/languageModel.ts';
import type { Wanted } from './prediction.ts';
import { TOP_CANDIDATES } from './prediction.ts';

/** What a pass over words that were written ahead is to tell. */
export interface AheadQuestions {
  /** Of prompt, text and words. */
  readonly tokens: readonly Token[];
  readonly wantedAfter: (index: number) => Wanted | null;
  /** What is asked in the place of the first word; null where nothing is. */
  readonly first: Wanted | null;
}

/**
 * The questions that asking for one word after the other would put, for as long as it goes on with just these tokens: what the
 * model says before each token of a word that is asked for, and behind its last one, where the word has to end. A word that
 * is not in tokens of its own once the text is tokenised whole is left out: it has to be asked for by itself.
 */
export function aheadQuestions(
  text: string,
  words: readonly AheadWord[],
  tokensOf: (text: string) => readonly Token[],
): AheadQuestions {
  const tokens = tokensOf(text + words.map((word) => word.text).join(''));
  const wanted = new Map<number, Wanted>();
  let read = text;
  let end = tokensOf(read);
  for (const { text: word, asked } of words) {
    const start = end;
    read += word;
    end = tokensOf(read);
    if (!asked || !beginsWith(tokens, start)) continue;
    wanted.set(start.length - 1, question(asked.entropy || (wanted.get(start.length - 1)?.entropy ?? false)));
    if (!beginsWith(tokens, end)) continue;
    for (let index = start.length; index < end.length; index++) {
      if (!wanted.has(index)) wanted.set(index, question(false));
    }
  }
  const first = words[0]?.asked ? question(words[0].asked.entropy) : null;
  return { tokens, wantedAfter: (index) => wanted.get(index) ?? null, first };
}

function question(entropy: boolean): Wanted {
  return { entropy, tokens: [], top: TOP_CANDIDATES };
}

function beginsWith(tokens: readonly Token[], start: readonly Token[]): boolean {
  return start.length <= tokens.length && start.every((token, index) => tokens[index] === token);
}
