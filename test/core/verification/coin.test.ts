import assert from 'node:assert/strict';
import { coin } from '../../../src/core/verification/coin.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';

const range = (count: number): readonly number[] => [...Array(count).keys()];

describe('the coin between two patches', () => {
  it('falls to either side as often', () => {
    const flip = coin(1);
    const mentors = range(10_000).filter((step) => flip(step) === 'mentor').length;
    // Six standard deviations of 50 about the mean.
    assert.ok(Math.abs(mentors - 5_000) < 300, `${mentors} of 10000`);
  });

  it('falls alike at a step, whatever was asked before', () => {
    const every = coin(7);
    const all = range(50).map((step) => every(step));
    const some = coin(7);
    for (const step of [3, 4, 17, 49]) assert.equal(some(step), all[step]);
  });

  it('falls otherwise for another seed, and not as probes are drawn', () => {
    const sides = (seed: number): string => {
      const flip = coin(seed);
      return range(200)
        .map((step) => flip(step))
        .join();
    };
    assert.equal(sides(5), sides(5));
    assert.notEqual(sides(5), sides(6));
    const random = seededRandom(5);
    const drawn = range(200).map(() => (random() < 0.5 ? 'generator' : 'mentor'));
    const flip = coin(5);
    const same = drawn.filter((side, step) => side === flip(step)).length;
    assert.ok(same > 60 && same < 140, `${same} of 200 alike`);
  });
});
