import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mcnemarExact } from '../../../src/bench/statistics/mcnemarExact.ts';
import { signFlipTest } from '../../../src/bench/statistics/signFlipTest.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { referenceValues } from './fixtures/referenceValues.ts';
import { near } from './near.ts';
import { pairedOutcomesOf } from './outcomesOf.ts';

/** Items run once: some that only one arm got right, and some on which they agree. */
function single(onlyA: number, onlyB: number, both = 3): ReturnType<typeof pairedOutcomesOf> {
  const words = [
    ...Array.from({ length: onlyA }, () => '1/0'),
    ...Array.from({ length: onlyB }, () => '0/1'),
    ...Array.from({ length: both }, () => '1/1'),
  ];
  return pairedOutcomesOf(words.join(' '));
}

describe('signFlipTest', () => {
  it('agrees with scipy: exactly up to 16 clusters that differ, else up to the draws', () => {
    for (const { clusters, p, pTolerance } of referenceValues.paired) {
      near(signFlipTest(pairedOutcomesOf(clusters), { random: seededRandom(1) }), p, pTolerance);
    }
  });

  it('is the exact test of McNemar for items run once', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), (onlyA, onlyB) => {
        const p = signFlipTest(single(onlyA, onlyB), {
          random: () => assert.fail('nothing was to be drawn'),
        });
        near(p, mcnemarExact(onlyA, onlyB), 1e-12);
      }),
      { seed: 1 },
    );
    for (const [onlyA, onlyB] of [
      [9, 8],
      [20, 10],
      [60, 90],
    ] as const) {
      const p = signFlipTest(single(onlyA, onlyB), { random: seededRandom(2) });
      near(p, mcnemarExact(onlyA, onlyB), 0.02);
    }
  });

  it('counts an item once, however many seeds repeat it', () => {
    const once = signFlipTest(pairedOutcomesOf('1/0 1/0 1/0 0/1 1/1'), { random: seededRandom(1) });
    const repeated = signFlipTest(pairedOutcomesOf('111/000 111/000 111/000 000/111 111/111'), {
      random: seededRandom(1),
    });
    assert.equal(repeated, once);
  });

  it('is not led astray by the rounding of means over seeds', () => {
    const differences = fc.array(fc.integer({ min: -7, max: 7 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(differences, fc.nat(), (sevenths, seed) => {
        const [whole, means] = [1, 7].map((seeds) =>
          signFlipTest(
            sevenths.map((value, index) => ({ cluster: `${index}`, a: value / seeds, b: 0 })),
            { random: seededRandom(seed), flips: 50 },
          ),
        );
        assert.equal(means, whole);
      }),
      { seed: 1 },
    );
  });

  it('never says 0, and repeats for the same seed', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => signFlipTest(single(40, 30), { random: seededRandom(seed) }));
    assert.equal(first, again);
    assert.notEqual(first, other);
    assert.equal(signFlipTest(single(80, 0), { random: seededRandom(1) }), 1 / 10_001);
    assert.equal(signFlipTest(single(80, 0), { random: seededRandom(1), flips: 99 }), 1 / 100);
  });

  it('finds no difference where there is none', () => {
    assert.equal(signFlipTest([], { random: seededRandom(1) }), 1);
    assert.equal(signFlipTest(single(0, 0), { random: seededRandom(1) }), 1);
    assert.equal(signFlipTest(single(20, 20), { random: seededRandom(1) }), 1);
  });

  it('says at most one time in twenty that like arms differ at 0.05', () => {
    const random = seededRandom(11);
    const runs = Array.from({ length: 400 }, () => {
      const outcomes = Array.from({ length: 40 }, (_, index) => {
        const ease = random();
        return [0, 1, 2].map(() => ({ cluster: `${index}`, a: +(random() < ease), b: +(random() < ease) }));
      });
      return signFlipTest(outcomes.flat(), { random, flips: 199 });
    });
    // 20 expected; 33 would be three standard deviations more.
    assert.ok(runs.filter((p) => p <= 0.05).length < 33);
  });
});
