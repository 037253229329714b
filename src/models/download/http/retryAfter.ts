/**
 * `Retry-After` in milliseconds, from a number of seconds or a date; null where it says nothing.
 *
 * @param nowMs - the time in milliseconds since 1970, for servers that name the time from which to ask again.
 */
export function retryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
