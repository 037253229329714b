import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitByQuestion } from '../../../src/verifier/training/splitByQuestion.ts';

const THINGS = Array.from({ length: 30 }, (_, index) => ({ index, question: `q${index % 10}` }));
const questionOf = ({ question }: { readonly question: string }): string => question;

describe('splitByQuestion', () => {
  it('holds whole questions out, and loses nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (share, seed) => {
        const { kept, heldOut } = splitByQuestion(THINGS, questionOf, { share, seed });
        const out = new Set(heldOut.map(questionOf));
        assert.equal(out.size, Math.round(share * 10));
        assert.ok(kept.every((thing) => !out.has(thing.question)));
        assert.deepEqual(
          [...kept, ...heldOut].sort((a, b) => a.index - b.index),
          THINGS,
        );
      }),
      { seed: 1 },
    );
  });

  it('depends on the seed and not on the order', () => {
    const options = { share: 0.5, seed: 3 };
    const out = (things: typeof THINGS, seed = 3): readonly string[] =>
      [...new Set(splitByQuestion(things, questionOf, { ...options, seed }).heldOut.map(questionOf))].sort();
    assert.deepEqual(out(THINGS), out(THINGS.toReversed()));
    assert.ok([4, 5, 6].some((seed) => out(THINGS, seed).join() !== out(THINGS).join()));
  });
});
