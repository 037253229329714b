/**
 * What may be a special token of some model: `<|…|>`, DeepSeek's full-width bars, `<s>`, Gemma's turns, Mistral's `[INST]`.
 * Thinking markers are left alone, since they are part of an answer.
 */
const SPECIAL = /(?<open><(?=[|｜]|\/?s>|(?:start|end)_of_turn>|eos>|bos>|pad>)|\[(?=\/?INST\]))/g;

/**
 * A text in which nothing is taken for a special token: a completions server parses them wherever they stand, so an
 * invisible character (U+200B) is put into what looks like one.
 */
export function withoutSpecials(text: string): string {
  return text.replace(SPECIAL, '$<open>\u200b');
}
