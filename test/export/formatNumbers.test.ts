import assert from 'node:assert/strict';
import { formatProbability, formatScore, formatShare, formatTime } from '../../src/export/formatNumbers.ts';

describe('numbers for people', () => {
  it('say shares and probabilities in percent, without false zeros', () => {
    assert.deepEqual([0, 0.1844, 1].map(formatShare), ['0.0%', '18.4%', '100.0%']);
    assert.deepEqual(
      [1, 0.99999, 0.5, 0.0001].map((probability) => formatProbability(Math.log(probability))),
      ['100.0%', '> 99.9%', '50.0%', '< 0.1%'],
    );
  });

  it('say times in the unit one would say', () => {
    assert.deepEqual([0.4, 999, 1_000, 59_900, 61_000, 3_599_900].map(formatTime), [
      '0 ms',
      '999 ms',
      '1.0 s',
      '59.9 s',
      '1 min 1 s',
      '60 min 0 s',
    ]);
  });

  it('give scores their sign', () => {
    assert.deepEqual([1.234, -0.5, 0].map(formatScore), ['+1.23', '−0.50', '+0.00']);
  });
});
