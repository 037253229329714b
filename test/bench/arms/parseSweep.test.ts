import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseSweep } from '../../../src/bench/arms/parseSweep.ts';

describe('a sweep', () => {
  it('of a range has six points at equal ratios, both ends among them', () => {
    assert.deepEqual(parseSweep('probability=0.05..1'), [0.05, 0.091, 0.166, 0.302, 0.549, 1]);
  });

  it('of a range has as many points as are asked for', () => {
    assert.deepEqual(parseSweep('probability=0.25..1/3'), [0.25, 0.5, 1]);
    assert.deepEqual(parseSweep('probability=.25...5/2'), [0.25, 0.5]);
    assert.equal(parseSweep('probability=0.05..1/10').length, 10);
  });

  it('of a list has its points, ascending and each once', () => {
    assert.deepEqual(parseSweep(' probability=0.5, 0.1,0.5,0 '), [0, 0.1, 0.5]);
    assert.deepEqual(parseSweep('probability=0.3'), [0.3]);
  });

  it('has both ends as they are given', () => {
    assert.deepEqual(parseSweep('probability=0.1234..0.98765/2'), [0.1234, 0.98765]);
  });

  it('keeps its points within the range, ascending, whatever the range', () => {
    const share = fc.integer({ min: 1, max: 10_000 }).map((part) => part / 10_000);
    fc.assert(
      fc.property(share, share, fc.integer({ min: 2, max: 100 }), (a, b, count) => {
        fc.pre(a !== b);
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const points = parseSweep(`probability=${low}..${high}/${count}`);
        assert.ok(points.length <= count);
        assert.deepEqual([points[0], points.at(-1)], [low, high]);
        assert.deepEqual(
          points,
          points.toSorted((x, y) => x - y),
        );
      }),
      { seed: 20260207 },
    );
  });

  const notUnderstood = [
    'probability',
    'probability=',
    'patchTokens=1..3',
    'probability=a..b',
    'probability=0.1..',
    'probability=..1',
    'probability=0.1,,0.2',
    'probability=0.1..2',
    'probability=-0.1..1',
    'probability=1.5',
    'probability=0.1..1/x',
  ];
  for (const text of notUnderstood) {
    it(`is not understood as ${JSON.stringify(text)}, and how to write one is told`, () => {
      assert.throws(() => parseSweep(text), {
        code: 'bad-input',
        message: /The sweep ".*" is not understood\. Give probability=0\.05\.\.1, .*; all from 0 to 1\.$/,
      });
    });
  }

  for (const text of ['0..1', '0.5..0.5', '1..0.5', '0.1..1/1', '0.1..1/101']) {
    it(`must not be ${text}`, () => {
      assert.throws(() => parseSweep(`probability=${text}`), {
        code: 'bad-input',
        message: /must go from above 0 up to more, in 2 to 100 points: probability=/,
      });
    });
  }
});
