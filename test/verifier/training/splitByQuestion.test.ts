import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitByQuestion } from '../../../src/verifier/training/splitByQuestion.ts';

const example = (question: string, favoursGenerator: boolean) => ({ question, favoursGenerator });
/** Ten questions that favour the mentor, each with three examples. */
const MENTORS = Array.from({ length: 30 }, (_, index) => example(`q${index % 10}`, false));
/** Two that favour the generator, and two that now favour one and now the other. */
const OTHERS = [
  example('g1', true),
  example('g2', true),
  ...['b1', 'b2'].flatMap((b) => [example(b, true), example(b, false)]),
];
const ALL = [...MENTORS, ...OTHERS];
const questionsOf = (examples: readonly { readonly question: string }[]): ReadonlySet<string> =>
  new Set(examples.map(({ question }) => question));

describe('splitByQuestion', () => {
  it('holds whole questions out, and loses nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (share, seed) => {
        const { kept, heldOut } = splitByQuestion(ALL, { share, seed });
        const out = questionsOf(heldOut);
        assert.equal(out.size, Math.round(share * 10) + 2 * Math.round(share * 2));
        assert.ok(kept.every(({ question }) => !out.has(question)));
        assert.equal(kept.length + heldOut.length, ALL.length);
        assert.ok(kept.every((one) => ALL.includes(one)) && heldOut.every((one) => ALL.includes(one)));
      }),
      { seed: 1 },
    );
  });

  it('has a rare kind of label in both parts', () => {
    for (const seed of [1, 2, 3, 4]) {
      const { kept, heldOut } = splitByQuestion(ALL, { share: 0.5, seed });
      for (const part of [kept, heldOut])
        assert.equal(part.filter(({ favoursGenerator }) => favoursGenerator).length, 2);
    }
  });

  it('depends on the seed and not on the order', () => {
    const out = (examples: typeof ALL, seed: number): string =>
      [...questionsOf(splitByQuestion(examples, { share: 0.5, seed }).heldOut)].sort().join();
    assert.equal(out(ALL, 3), out(ALL.toReversed(), 3));
    assert.ok([4, 5, 6].some((seed) => out(ALL, seed) !== out(ALL, 3)));
  });
});
