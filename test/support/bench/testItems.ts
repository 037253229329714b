import type { BenchItem } from '../../../src/bench/data/benchItem.ts';

/** A question whose right answer is its index. */
export function numberItem(index: number, fields: Partial<BenchItem> = {}): BenchItem {
  const id = fields.id ?? `q${index}`;
  return {
    index,
    id,
    domain: 'all',
    cluster: id,
    question: `What is ${index}?`,
    choices: null,
    answer: String(index),
    task: 'number',
    layout: 'general',
    ...fields,
  };
}

/** So many of them. */
export function numberItems(count: number): readonly BenchItem[] {
  return Array.from({ length: count }, (_, index) => numberItem(index));
}
