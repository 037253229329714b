/** Longest part of a folder's name that data gives, in characters. */
const LONGEST_DATA = 40;

/**
 * The name of a new benchmark's folder: its time (UTC), for sorting, and what its data is called, for people.
 *
 * @param isTaken - whether there is such a folder already.
 */
export function benchmarkFolderName(startedMs: number, data: string, isTaken: (name: string) => boolean): string {
  const time = new Date(startedMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const words = (data.replace(/\.jsonl?$/i, '').match(/[\p{L}\p{N}]+/gu) ?? []).join('-').toLowerCase();
  const slug = Array.from(words).slice(0, LONGEST_DATA).join('').replace(/-$/, '');
  const name = slug === '' ? time : `${time}-${slug}`;
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
