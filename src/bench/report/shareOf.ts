/** A part of a whole, 0..1; 0 of none. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
