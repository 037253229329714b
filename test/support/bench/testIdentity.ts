import type { BenchIdentity } from '../../../src/bench/folder/benchIdentity.ts';
import { armIdentities, itemsHash } from '../../../src/bench/folder/benchIdentity.ts';
import { CHANCE, GENERATOR } from './testArms.ts';
import { numberItems } from './testItems.ts';

/** What makes a bench the one it is. */
export function testIdentity(fields: Partial<BenchIdentity> = {}): BenchIdentity {
  return {
    format: 'mentorcollab-bench-plan',
    version: '1.0',
    data: 'data.jsonl',
    items: 3,
    itemsHash: itemsHash(numberItems(3), {}),
    answers: 'strict',
    arms: armIdentities([GENERATOR, CHANCE]),
    seeds: [1],
    generator: '/small.gguf',
    mentor: '/large.gguf',
    verifier: null,
    contextSize: null,
    isRaw: false,
    ...fields,
  };
}
