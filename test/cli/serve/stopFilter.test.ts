import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StopString } from '../../../src/cli/serve/generation/stopFilter.ts';
import { StopFilter } from '../../../src/cli/serve/generation/stopFilter.ts';

const exact = (...texts: string[]): StopString[] => texts.map((text) => ({ text, ignoresCase: false }));

/** What comes out after each piece, and at the end. */
function filtered(stops: readonly StopString[], pieces: readonly string[]): { told: string[]; items: number[] } {
  const filter = new StopFilter<number>(stops);
  const released = [...pieces.map((piece, index) => filter.push(piece, index)), filter.end()];
  return { told: released.map(({ text }) => text), items: released.flatMap(({ items }) => items) };
}

describe('StopFilter', () => {
  it('tells text at once where no stop string can begin', () => {
    assert.deepEqual(filtered(exact('END'), ['one ', 'two']).told, ['one ', 'two', '']);
  });

  it('holds back what may be the beginning of a stop string, and tells it once it is none', () => {
    assert.deepEqual(filtered(exact('\n\nQ:'), ['a\n', '\nA', 'b']).told, ['', 'a\n\nA', 'b', '']);
  });

  it('ends before a stop string that comes in pieces, and drops the rest', () => {
    const { told, items } = filtered(exact('STOP'), ['go ', 'S', 'TO', 'P it', 'more']);
    assert.deepEqual(told, ['go ', '', '', '', '', '']);
    assert.deepEqual(items, [0]);
  });

  it('tells what is held back at the end', () => {
    assert.deepEqual(filtered(exact('STOP'), ['go ST']).told, ['', 'go ST']);
  });

  it('keeps the token in which a stop string begins, with the text before it', () => {
    const { told, items } = filtered(exact('!!'), ['a', 'b!', '!c']);
    assert.deepEqual(told, ['a', '', 'b', '']);
    assert.deepEqual(items, [0, 1]);
  });

  it('takes the earliest of several stop strings', () => {
    assert.equal(filtered(exact('d', 'bcd'), ['abcd']).told.join(''), 'a');
  });

  it('finds a stop string whatever its case where that is wanted', () => {
    const ignoring = [{ text: '\n\nProblem:', ignoresCase: true }];
    assert.equal(filtered(ignoring, ['x\n\nPRO', 'blem: y']).told.join(''), 'x');
    assert.equal(filtered(exact('\n\nProblem:'), ['x\n\nPRO', 'blem: y']).told.join(''), 'x\n\nPROblem: y');
  });

  it('lets a token without text wait for the one that completes its character', () => {
    const filter = new StopFilter<number>([]);
    assert.deepEqual(filter.push('', 0), { text: '', items: [] });
    assert.deepEqual(filter.push('é', 1), { text: 'é', items: [0, 1] });
  });

  it('tells exactly the text before the first stop string, however the text is cut', () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 3 }), { maxLength: 12 });
    const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 1, maxLength: 4 }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(texts, stops, (pieces, stopTexts) => {
        const whole = pieces.join('');
        const places = stopTexts.map((stop) => whole.indexOf(stop)).filter((at) => at >= 0);
        const expected = places.length === 0 ? whole : whole.slice(0, Math.min(...places));
        const { told, items } = filtered(exact(...stopTexts), pieces);
        assert.equal(told.join(''), expected);
        if (places.length === 0) assert.deepEqual(items, [...pieces.keys()]);
      }),
      { seed: 5 },
    );
  });
});
