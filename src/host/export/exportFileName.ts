/** Longest file name made of a question, in characters, without its extension. */
const LONGEST = 60;

/** A file name, without extension, that a question gives: its letters and digits, whatever else is in it. */
export function exportFileName(question: string): string {
  const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = Array.from(words.join('-').toLowerCase()).slice(0, LONGEST).join('').replace(/-$/, '');
  return `run-${name}`.replace(/-$/, '');
}
