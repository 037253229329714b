import type { ClusteredValue } from '../../../src/bench/statistics/clusterTotals.ts';
import type { PairedOutcome } from '../../../src/bench/statistics/pairedOutcome.ts';

/** The outcomes of one arm, written a cluster a word and a run a digit, such as `101 11`. */
export function outcomesOf(clusters: string): readonly ClusteredValue[] {
  return clusters
    .split(' ')
    .flatMap((runs, index) => Array.from(runs, (digit) => ({ cluster: String(index), value: Number(digit) })));
}

/** The outcomes of two arms in the same runs, such as `101/001 11/01`. */
export function pairedOutcomesOf(clusters: string): readonly PairedOutcome[] {
  return clusters.split(' ').flatMap((cluster, index) => {
    const [inA = '', inB = ''] = cluster.split('/');
    return Array.from(inA, (digit, run) => ({ cluster: String(index), a: Number(digit), b: Number(inB[run]) }));
  });
}
