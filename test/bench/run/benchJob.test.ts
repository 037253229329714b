import assert from 'node:assert/strict';
import { benchJobs, jobKey, seedsOf } from '../../../src/bench/run/benchJob.ts';
import { CHANCE, EVERY_WORD, GENERATOR } from '../../support/bench/testArms.ts';
import { numberItems } from '../../support/bench/testItems.ts';

describe('the jobs of a bench', () => {
  it('go arm by arm and seed by seed through the items, an arm without chance once', () => {
    const jobs = benchJobs([GENERATOR, CHANCE, EVERY_WORD], numberItems(2), [7, 8]);
    assert.deepEqual(
      jobs.map(({ arm, seed, item }) => `${arm.name} ${seed} ${item.id}`),
      ['generator 7', 'paper-free 7', 'paper-free 8', 'every word 7'].flatMap((run) => [`${run} q0`, `${run} q1`]),
    );
  });

  it('have the first seed alone where there is no chance', () => {
    assert.deepEqual(seedsOf(GENERATOR, [5, 6]), [5]);
    assert.deepEqual(seedsOf(CHANCE, [5, 6]), [5, 6]);
  });

  it('have keys that no other job has, whatever names hold', () => {
    const keys = [
      jobKey({ arm: 'a', item: 'b","c', seed: 1 }),
      jobKey({ arm: 'a","b', item: 'c', seed: 1 }),
      jobKey({ arm: 'a', item: '1', seed: 2 }),
      jobKey({ arm: 'a', item: '12', seed: 1 }),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
});
