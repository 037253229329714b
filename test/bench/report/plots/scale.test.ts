import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LinearScale, niceRange, niceTicks } from '../../../../src/bench/report/plots/scale.ts';

const UNIT = { low: 0, high: 1 };

describe('scales of plots', () => {
  it('map a range onto an axis, upwards as well, and hold at its ends', () => {
    const up = new LinearScale({ low: 0.4, high: 0.9 }, 300, 50);
    assert.deepEqual(
      [0.4, 0.65, 0.9, 2, -1].map((value) => up.at(value)),
      [300, 175, 50, 50, 300],
    );
    assert.equal(new LinearScale({ low: 1, high: 1 }, 0, 10).at(1), 5);
  });

  it('find round ticks, without what rounding leaves', () => {
    assert.deepEqual(niceTicks(UNIT, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(niceTicks({ low: 0, high: 0.3 }, 3), [0, 0.1, 0.2, 0.3]);
    assert.deepEqual(niceTicks({ low: 0, high: 160 }, 6), [0, 50, 100, 150]);
    assert.deepEqual(niceTicks({ low: 3, high: 3 }, 5), [3]);
  });

  it('find a round range that holds the values', () => {
    assert.deepEqual(niceRange([0.44, 0.87], UNIT), { low: 0.4, high: 0.9 });
    assert.deepEqual(niceRange([], UNIT), UNIT);
    assert.deepEqual(niceRange([1], UNIT), { low: 0.99, high: 1 });
    assert.deepEqual(niceRange([0, 60], { low: 0, high: Infinity }), { low: 0, high: 60 });
  });

  it('hold whatever shares there are, inside of 0 to 1', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(shares, (values) => {
        const { low, high } = niceRange(values, UNIT);
        assert.ok(low >= 0 && high <= 1 && low < high);
        assert.ok(values.every((value) => value >= low - 1e-9 && value <= high + 1e-9));
        const ticks = niceTicks({ low, high }, 5);
        assert.ok(ticks.length >= 2 && ticks.length <= 12, `${ticks.length} ticks`);
      }),
    );
  });
});
