import type { BenchItem } from './benchItem.ts';

/** The first `limit` items of each domain, in their order. */
export function limitPerDomain(items: readonly BenchItem[], limit: number): readonly BenchItem[] {
  const seen = new Map<string, number>();
  return items.filter(({ domain }) => {
    const count = (seen.get(domain) ?? 0) + 1;
    seen.set(domain, count);
    return count <= limit;
  });
}
