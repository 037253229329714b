/** Something measured on one item, or on one run of it. */
export interface ClusteredValue {
  /** What hangs together: all runs of one question, or all questions on one text. */
  readonly cluster: string;
  readonly value: number;
}

/** The values of one cluster, added up. */
export interface ClusterTotal {
  readonly sum: number;
  readonly count: number;
}

/** One total a cluster, in the order in which clusters first come. */
export function clusterTotals(values: readonly ClusteredValue[]): readonly ClusterTotal[] {
  const totals = new Map<string, { sum: number; count: number }>();
  for (const { cluster, value } of values) {
    const total = totals.get(cluster) ?? { sum: 0, count: 0 };
    total.sum += value;
    total.count += 1;
    totals.set(cluster, total);
  }
  return [...totals.values()];
}
