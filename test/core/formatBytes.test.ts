import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatBytes } from '../../src/core/formatBytes.ts';

describe('formatBytes', () => {
  const examples = [
    [0, '0 bytes'],
    [1_023, '1023 bytes'],
    [1_024, '1.0 KiB'],
    [200_512, '195.8 KiB'],
    [1_048_575, '1.0 MiB'],
    [1_834_426_016, '1.7 GiB'],
    [2 ** 50, '1024.0 TiB'],
  ] as const;
  for (const [bytes, text] of examples) {
    it(`says ${text} for ${bytes}`, () => {
      assert.equal(formatBytes(bytes), text);
    });
  }

  it('is within a twentieth of a unit of what it tells', () => {
    const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        const [number = '', unit = ''] = formatBytes(bytes).split(' ');
        const size = 1_024 ** units.indexOf(unit);
        assert.ok(Math.abs(Number(number) * size - bytes) <= 0.0500001 * size);
      }),
    );
  });
});
