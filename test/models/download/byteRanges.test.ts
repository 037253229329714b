import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteRanges } from '../../../src/models/download/byteRanges.ts';

const LENGTH = 60;
const range = fc
  .tuple(fc.nat(LENGTH), fc.nat(LENGTH))
  .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));

/** The same set, byte by byte. */
function bytesOf(ranges: readonly { readonly start: number; readonly end: number }[]): ReadonlySet<number> {
  return new Set(ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index)));
}

describe('the bytes of a file that have arrived', () => {
  it('are kept as the fewest ranges there can be, in order, whatever comes when', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), (added) => {
        const ranges = new ByteRanges(added);
        assert.deepEqual(bytesOf(ranges.ranges), bytesOf(added));
        assert.equal(ranges.bytes, bytesOf(added).size);
        assert.equal(ranges.end, Math.max(0, ...added.filter(({ start, end }) => end > start).map(({ end }) => end)));
        for (const [index, { start }] of ranges.ranges.entries()) {
          const before = ranges.ranges[index - 1];
          assert.ok(!before || before.end < start);
        }
      }),
    );
  });

  it('leave exactly the others missing, in pieces that are small enough', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), fc.integer({ min: 1, max: 20 }), (added, mostBytes) => {
        const missing = new ByteRanges(added).missing(LENGTH, mostBytes);
        const all = Array.from({ length: LENGTH }, (_, index) => index);
        const arrived = bytesOf(added);
        assert.deepEqual(
          [...bytesOf(missing)],
          all.filter((byte) => !arrived.has(byte)),
        );
        assert.ok(missing.every(({ start, end }) => end > start && end - start <= mostBytes));
        assert.equal(
          missing.reduce((sum, { start, end }) => sum + end - start, 0),
          bytesOf(missing).size,
        );
      }),
    );
  });
});
