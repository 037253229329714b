import type { BenchItem } from '../../src/bench/data/benchItem.ts';

/** An item of our own layout, a text unless the fields say otherwise. */
export function benchItem(fields: Partial<BenchItem> = {}): BenchItem {
  return {
    index: 0,
    id: '0',
    domain: 'all',
    cluster: '0',
    question: 'Which?',
    choices: null,
    answer: 'x',
    task: 'text',
    layout: 'general',
    ...fields,
  };
}

/** A question of choices that are labelled from A on. */
export function choiceItem(texts: readonly string[], answer: string): BenchItem {
  const choices = texts.map((text, index) => ({ label: String.fromCharCode(65 + index), text }));
  return benchItem({ choices, answer, task: 'choice' });
}
