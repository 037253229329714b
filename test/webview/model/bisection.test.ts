import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstFitting } from '../../../src/webview/model/bisection.ts';

describe('the first that fits', () => {
  it('is the one that a search from the beginning finds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(50), (numbers, least) => {
        const sorted = numbers.sort((a, b) => a - b);
        const found = sorted.findIndex((number) => number >= least);
        const expected = found < 0 ? sorted.length : found;
        assert.equal(
          firstFitting(sorted.length, (index) => (sorted[index] ?? 0) >= least),
          expected,
        );
      }),
    );
  });
});
