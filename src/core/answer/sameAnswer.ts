/**
 * Whether a run's answer is the expected one: the same number, or the same text without regard to case, spaces, and
 * the punctuation, quotes and currency signs around it. No answer is never right.
 */
export function sameAnswer(given: string | null, expected: string): boolean {
  if (given === null) return false;
  const [a, b] = [plain(given), plain(expected)];
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null && y !== null) return Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x), Math.abs(y));
  return a !== '' && a === b;
}

/** Whether two runs of a question come to different answers; finding none is an outcome of its own. */
export function isAnswerChanged(before: string | null, after: string | null): boolean {
  return before === null || after === null ? before !== after : !sameAnswer(after, before);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[\s"'“”‘’`*$€£]+|[\s"'“”‘’`*$€£.,;:!?]+$/gu, '');
}

/** A decimal number (commas between thousands allowed) or a fraction of two whole ones; null for anything else. */
function numberOf(text: string): number | null {
  const fraction = /^([+-]?\d+) ?\/ ?(\d+)$/.exec(text);
  if (fraction && Number(fraction[2]) !== 0) return Number(fraction[1]) / Number(fraction[2]);
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?$/.exec(text.replace('\u2212', '-'));
  if (!match || (match[2] ?? match[3]) === undefined) return null;
  return Number(`${match[1] ?? ''}${(match[2] ?? '0').replaceAll(',', '')}${match[3] ?? ''}`);
}
