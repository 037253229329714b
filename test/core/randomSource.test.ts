import assert from 'node:assert/strict';
import { seededRandom } from '../../src/core/randomSource.ts';

const draw = (seed: number, count: number): number[] => {
  const next = seededRandom(seed);
  return Array.from({ length: count }, () => next());
};

describe('seededRandom', () => {
  it('repeats for a seed and differs between seeds, negative and large ones included', () => {
    const seeds = [0, 1, -1, 2, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    const streams = seeds.map((seed) => draw(seed, 4));
    assert.deepEqual(
      streams,
      seeds.map((seed) => draw(seed, 4)),
    );
    assert.equal(new Set(streams.map((stream) => stream.join())).size, seeds.length);
  });

  it('draws evenly from [0, 1)', () => {
    const draws = draw(7, 20_000);
    assert.ok(draws.every((value) => value >= 0 && value < 1));
    const counts = Array.from({ length: 10 }, () => 0);
    for (const value of draws) counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
    // 27.88 is the 99.9% point of chi-squared with 9 degrees of freedom.
    assert.ok(chiSquared < 27.88, `chi-squared ${chiSquared}`);
  });
});
