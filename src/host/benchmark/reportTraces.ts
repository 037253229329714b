import type { BenchReport } from '../../bench/report/reportDocument.ts';

/** Whether a report names this place as that of a run's trace; a page can ask for no other file. */
export function isTraceOf({ items }: BenchReport, place: string): boolean {
  return items.some(({ runs }) => runs.some(({ trace }) => trace === place)) && isWithin(place);
}

/** Whether a place stays in the folder that it is told from. */
function isWithin(place: string): boolean {
  return place.endsWith('.mctrace.jsonl') && place.split('/').every((name) => !/^\.*$|\\/.test(name));
}
