import assert from 'node:assert/strict';
import type { Arm } from '../../../src/bench/arms/arm.ts';
import type { BenchItem } from '../../../src/bench/data/benchItem.ts';
import { pairReports } from '../../../src/bench/report/pairReports.ts';
import type { JudgedRun } from '../../../src/bench/report/judgedRun.ts';
import type { PairReport } from '../../../src/bench/report/reportDocument.ts';
import { holmAdjusted } from '../../../src/bench/statistics/holmAdjusted.ts';
import { mcnemarExact } from '../../../src/bench/statistics/mcnemarExact.ts';
import { itemsNeeded } from '../../../src/bench/statistics/power.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { CHANCE, EVERY_WORD, GENERATOR, MENTOR, pairArm, sweptArm } from '../../support/bench/testArms.ts';
import { numberItem } from '../../support/bench/testItems.ts';
import { runRecord } from '../../support/bench/testRecords.ts';

describe('two arms held against one another', () => {
  interface ArmRuns {
    readonly arm: Arm;
    readonly runs: readonly JudgedRun[];
  }
  /** Runs of an arm with one seed, an item each: `1` right, `0` wrong, anything else not run. */
  const ran = (
    arm: Arm,
    marks: string,
    { seed = 1, item = (_index: number): Partial<BenchItem> => ({}) } = {},
  ): ArmRuns => ({
    arm,
    runs: marks.split('').flatMap((mark, index) =>
      mark === '1' || mark === '0'
        ? [
            {
              item: numberItem(index, item(index)),
              record: runRecord({ arm: arm.name, item: `q${index}`, seed, isCorrect: mark === '1' }),
            },
          ]
        : [],
    ),
  });
  const joined = (...parts: readonly ArmRuns[]): ArmRuns => {
    const [first] = parts;
    assert.ok(first);
    return { arm: first.arm, runs: parts.flatMap(({ runs }) => runs) };
  };
  const compare = (...arms: readonly ArmRuns[]): readonly PairReport[] => pairReports(arms, () => seededRandom(1));
  const only = (...arms: readonly ArmRuns[]): PairReport => {
    const [pair, ...others] = compare(...arms);
    assert.ok(pair && others.length === 0);
    return pair;
  };

  it('are counted item by item', () => {
    const pair = only(ran(GENERATOR, '11100010'), ran(EVERY_WORD, '11011100'));
    const { a, b, n, both, onlyA, onlyB, neither, difference } = pair;
    assert.deepEqual([a, b, n, both, onlyA, onlyB, neither], ['generator', 'every word', 8, 2, 2, 3, 1]);
    assert.equal(difference, 1 / 8);
    assert.ok(pair.low <= difference && difference <= pair.high);
  });

  it('tell a gain of the second as above 0', () => {
    const { difference, low, high } = only(ran(GENERATOR, '0000'), ran(EVERY_WORD, '1111'));
    assert.ok(difference === 1 && low > 0 && high === 1, `${low} to ${high}`);
    assert.equal(only(ran(GENERATOR, '1111'), ran(EVERY_WORD, '0000')).difference, -1);
  });

  it('are compared on items that both have answered alone', () => {
    const { n, both, onlyA, onlyB, neither } = only(ran(GENERATOR, '11--00'), ran(EVERY_WORD, '-11-01'));
    assert.deepEqual([n, both, onlyA, onlyB, neither], [3, 1, 0, 1, 1]);
  });

  it('are not told apart where they have no item in common', () => {
    const { n, difference, p, pHolm, itemsNeeded: needed } = only(ran(GENERATOR, '11--'), ran(EVERY_WORD, '--11'));
    assert.deepEqual([n, difference, p, pHolm, needed], [0, 0, 1, 1, null]);
    assert.equal(only(ran(GENERATOR, ''), ran(EVERY_WORD, '')).n, 0);
  });

  it("go through McNemar's test where every item was run once in both", () => {
    const { test, p } = only(ran(GENERATOR, '1000000'), ran(EVERY_WORD, '0111110'));
    assert.deepEqual([test, p], ['mcnemar', mcnemarExact(1, 5)]);
  });

  it('go through a sign-flip test where items were run with several seeds, or hang together', () => {
    const twice = joined(ran(CHANCE, '0111'), ran(CHANCE, '1111', { seed: 2 }));
    assert.equal(only(ran(GENERATOR, '0000'), twice).test, 'sign-flip');
    const text = (index: number): Partial<BenchItem> => ({ cluster: index < 2 ? 'text' : String(index) });
    const alike = only(ran(GENERATOR, '000', { item: text }), ran(EVERY_WORD, '111', { item: text }));
    assert.equal(alike.test, 'sign-flip');
    // Two clusters that differ: of four combinations of signs two are as far from 0.
    assert.equal(alike.p, 0.5);
  });

  it('hold the one run of an arm without chance against each seed of the other', () => {
    const seeds = joined(
      ran(CHANCE, '01', { seed: 1 }),
      ran(CHANCE, '11', { seed: 2 }),
      ran(CHANCE, '00', { seed: 3 }),
    );
    const { n, both, onlyA, onlyB, neither, difference } = only(ran(GENERATOR, '10'), seeds);
    // The first item is right alone: 0, 1, 0 with the seeds; the second is wrong alone: 1, 1, 0.
    assert.deepEqual([n, both, onlyA, onlyB, neither], [2, 1, 2, 2, 1]);
    assert.equal(difference, 0);
    assert.deepEqual(only(seeds, ran(GENERATOR, '10')).both, 1);
  });

  it('hold runs of the same seed against one another where both have chance', () => {
    const coin = pairArm('coin', { verification: 'coin' });
    const a = joined(ran(CHANCE, '10', { seed: 1 }), ran(CHANCE, '01', { seed: 2 }));
    const b = joined(ran(coin, '10', { seed: 1 }), ran(coin, '01', { seed: 2 }));
    const { both, neither, onlyA, onlyB } = only(a, b);
    assert.deepEqual([both, neither, onlyA, onlyB], [2, 2, 0, 0]);
    const late = only(a, ran(coin, '11', { seed: 2 }));
    assert.deepEqual([late.n, late.both, late.onlyB], [2, 1, 1], 'a seed that one lacks is left out');
  });

  it('tell how many items would tell, where nothing else has', () => {
    const near = only(ran(GENERATOR, '1110000000'), ran(EVERY_WORD, '1111100000'));
    assert.equal(near.itemsNeeded, itemsNeeded({ onlyA: 0, onlyB: 2, n: 10 }));
    assert.ok(near.p >= 0.05 && (near.itemsNeeded ?? 0) > 10);
    const clear = only(ran(GENERATOR, '00000000'), ran(EVERY_WORD, '11111111'));
    assert.ok(clear.p < 0.05);
    assert.equal(clear.itemsNeeded, null);
    assert.equal(only(ran(GENERATOR, '10'), ran(EVERY_WORD, '01')).itemsNeeded, null, 'nothing differs');
    const seeds = joined(ran(CHANCE, '01'), ran(CHANCE, '01', { seed: 2 }));
    assert.equal(only(ran(GENERATOR, '00'), seeds).itemsNeeded, null, "the test is not McNemar's");
  });

  it('stand in the order of the arms, with a p that is adjusted for their number', () => {
    const pairs = compare(ran(GENERATOR, '0000000'), ran(MENTOR, '1111111'), ran(EVERY_WORD, '1111110'));
    assert.deepEqual(
      pairs.map(({ a, b }) => [a, b]),
      [
        ['generator', 'mentor'],
        ['generator', 'every word'],
        ['mentor', 'every word'],
      ],
    );
    assert.deepEqual(
      pairs.map(({ pHolm }) => pHolm),
      holmAdjusted(pairs.map(({ p }) => p)),
    );
    assert.ok(pairs.some(({ p, pHolm }) => pHolm > p));
  });

  it('leave arms of a sweep to the generator alone', () => {
    const arms = [GENERATOR, MENTOR, sweptArm(0.1), sweptArm(0.5)].map((arm) => ran(arm, '0101'));
    assert.deepEqual(
      compare(...arms).map(({ a, b }) => `${a} / ${b}`),
      ['generator / mentor', 'generator / paper-free p=0.1', 'generator / paper-free p=0.5'],
    );
  });

  it('have the same numbers beside one more arm, but for what is adjusted', () => {
    const arms = [ran(GENERATOR, '0101100'), ran(EVERY_WORD, '1111000')];
    const { pHolm: _alone, ...alone } = only(...arms);
    const [first] = compare(...arms, ran(MENTOR, '1110101'));
    const { pHolm: _beside, ...beside } = first ?? assert.fail();
    assert.deepEqual(beside, alone);
  });
});
