import assert from 'node:assert/strict';
import fc from 'fast-check';
import { movedOffset } from '../../../src/host/editor/movedOffset.ts';

const apply = (text: string, at: number, length: number, added: string): string =>
  text.slice(0, at) + added + text.slice(at + length);

describe('movedOffset', () => {
  it('follows a stretch of text through any change that leaves it whole', () => {
    const part = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(
        part,
        fc.string({ minLength: 1, maxLength: 8 }),
        part,
        part,
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        (...all) => {
          const [before, stretch, after, added, x, y, isBefore] = all;
          const side = isBefore ? before : after;
          const at = x % (side.length + 1);
          const length = y % (side.length - at + 1);
          const offset = isBefore ? at : before.length + stretch.length + at;
          // An insertion right at the end of the stretch is behind it.
          const text = apply(before + stretch + after, offset, length, added);
          const start = movedOffset(before.length, [{ rangeOffset: offset, rangeLength: length, text: added }]);
          assert.equal(text.slice(start, start + stretch.length), stretch);
        },
      ),
      { seed: 4, numRuns: 500 },
    );
  });

  it('stays where it is when its own text is replaced', () => {
    assert.equal(movedOffset(5, [{ rangeOffset: 5, rangeLength: 3, text: 'longer text' }]), 5);
  });

  it('adds up changes made together, each by its place before them', () => {
    const changes = [
      { rangeOffset: 8, rangeLength: 1, text: '' },
      { rangeOffset: 0, rangeLength: 0, text: 'abc' },
      { rangeOffset: 20, rangeLength: 0, text: 'zzz' },
    ];
    assert.equal(movedOffset(10, changes), 12);
  });
});
