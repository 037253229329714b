/** Where the calendar of a window stands. */
export interface Calendar {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Language tag, as of VS Code's display language. */
  readonly language: string;
}

/** A name of the day of a moment in local time, by which days can be told apart. */
export function dayKey(timeMs: number): string {
  const date = new Date(timeMs);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** A day as people call it: Today, Yesterday, or its date. */
export function dayLabel(timeMs: number, { nowMs, language }: Calendar): string {
  const now = new Date(nowMs);
  // By the calendar, since a day may have 23 or 25 hours.
  const yesterdayMs = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).getTime();
  if (dayKey(timeMs) === dayKey(nowMs)) return 'Today';
  if (dayKey(timeMs) === dayKey(yesterdayMs)) return 'Yesterday';
  return new Date(timeMs).toLocaleDateString(language, {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  });
}

/** When the next day begins, in epoch milliseconds. */
export function nextDayMs(nowMs: number): number {
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
}
