import type { HostRun } from './hostRun.ts';

/** The runs that an argument names, which menus and other extensions pass: ids, or objects that have one. */
export function runIdsIn(argument: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  return items.flatMap((item) => {
    if (typeof item === 'string' && Array.isArray(argument)) return [item];
    if (typeof item !== 'object' || item === null) return [];
    const { runId } = item as Partial<Record<keyof HostRun, unknown>>;
    return typeof runId === 'string' ? [runId] : [];
  });
}
