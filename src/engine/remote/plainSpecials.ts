/**
 * What may be a special token of some model: `<|…|>`, DeepSeek's full-width bars, `<s>`, Gemma's turns, Mistral's `[INST]`.
 * Thinking markers are left alone, since they are part of an answer.
 */
const SPECIAL = /(?<open><(?=[|｜]|\/?s>|(?:start|end)_of_turn>|eos>|bos>|pad>)|\[(?=\/?INST\]))/g;

/** A special token at the end of a text. */
const SPECIAL_AT_END = /(?:<[|｜][^<>\s]+[|｜]>|<\/?s>|<(?:start|end)_of_turn>|<[be]os>|\[\/?INST\])$/;

/**
 * A text in which nothing is taken for a special token: a completions server parses them wherever they stand, so an
 * invisible character (U+200B) is put into what looks like one.
 */
export function withoutSpecials(text: string): string {
  return text.replace(SPECIAL, '$<open>\u200b');
}

/** The places in a text where {@link withoutSpecials} puts a character, in UTF-16 code units of the text as given. */
export function marksOf(text: string): readonly number[] {
  return [...text.matchAll(SPECIAL)].map((match) => match.index + match[0].length);
}

/** Whether a prompt ends with what its server parses as a special token. */
export function endsWithSpecial(prompt: string): boolean {
  return SPECIAL_AT_END.test(prompt);
}
