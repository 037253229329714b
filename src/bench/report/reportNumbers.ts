import { formatCount, formatShare, formatTime } from '../../export/formatNumbers.ts';
import type { Interval } from '../statistics/interval.ts';

/** Stands where there is nothing to tell. */
export const NOTHING = '–';

/** A share 0..1 in percent, `61.7%`. */
export function shareText(share: number): string {
  return Number.isFinite(share) ? formatShare(share) : NOTHING;
}

/** A whole number with its thousands apart. */
export function countText(count: number): string {
  return Number.isFinite(count) ? formatCount(count) : NOTHING;
}

/** Bounds of a share, `48.9% to 73.1%`. */
export function shareIntervalText({ low, high }: Interval): string {
  return `${shareText(low)} to ${shareText(high)}`;
}

/** A difference -1..1 in points of 100 with its sign, `+3.0`; `0.0` has none. */
export function pointsText(difference: number): string {
  return signedText(difference * 100);
}

/** Bounds of a difference in points of 100, `−4.1 to +10.2`. */
export function pointsIntervalText({ low, high }: Interval): string {
  return `${pointsText(low)} to ${pointsText(high)}`;
}

/** A number with its sign and one decimal; `0.0` has no sign. */
export function signedText(value: number): string {
  if (!Number.isFinite(value)) return NOTHING;
  const digits = Math.abs(value).toFixed(1);
  if (digits === '0.0') return digits;
  return `${value < 0 ? '−' : '+'}${digits}`;
}

/** A p with three decimals; what is nearly nothing is said to be so. */
export function probabilityText(p: number): string {
  if (!Number.isFinite(p)) return NOTHING;
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** A number 0..1 that is no share, with three decimals. */
export function decimalText(value: number | null): string {
  return value === null || !Number.isFinite(value) ? NOTHING : value.toFixed(3);
}

/** How many times as much, `2.31 ×`. */
export function ratioText(ratio: number | null): string {
  return ratio === null || !Number.isFinite(ratio) ? NOTHING : `${ratio.toFixed(2)} ×`;
}

const HOUR_MS = 3_600_000;

/** A length of time, hours included, in the unit that people would say. */
export function durationText(timeMs: number): string {
  if (!Number.isFinite(timeMs)) return NOTHING;
  if (timeMs < HOUR_MS) return formatTime(timeMs);
  const minutes = Math.round(timeMs / 60_000);
  return `${formatCount(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** A number with the word for one or several of it, `1 item`, `20 items`. */
export function countOf(count: number, one: string, several = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : several}`;
}
