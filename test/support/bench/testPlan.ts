import type { PairBenchPlan } from '../../../src/bench/pairBench.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { CHANCE, GENERATOR } from './testArms.ts';
import { numberItems } from './testItems.ts';

/** A bench of two arms on three questions, on models that need not be there. */
export function testPlan(fields: Partial<PairBenchPlan> = {}): PairBenchPlan {
  return {
    data: 'data.jsonl',
    items: numberItems(3),
    recallDomains: [],
    arms: [GENERATOR, CHANCE],
    seeds: [1],
    generator: fileSource('/models/small.gguf'),
    mentor: fileSource('/models/large.gguf'),
    verifier: null,
    prompt: {},
    answers: 'strict',
    engine: { contextSize: null, threads: null, gpu: 'auto' },
    isRaw: false,
    version: '0.0.0',
    ...fields,
  };
}
