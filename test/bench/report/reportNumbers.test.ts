import assert from 'node:assert/strict';
import {
  countOf,
  decimalText,
  durationText,
  pointsIntervalText,
  pointsText,
  probabilityText,
  ratioText,
  shareIntervalText,
  shareText,
  signedText,
} from '../../../src/bench/report/reportNumbers.ts';

describe('numbers of a report', () => {
  it('say differences in points with a true minus, and nothing with no sign', () => {
    assert.deepEqual([0.03, -0.0411, 0, -0.0001].map(pointsText), ['+3.0', '−4.1', '0.0', '0.0']);
    assert.equal(signedText(8), '+8.0');
    assert.equal(pointsIntervalText({ low: -0.041, high: 0.102 }), '−4.1 to +10.2');
  });

  it('say shares in percent', () => {
    assert.equal(shareIntervalText({ low: 0.489, high: 0.731 }), '48.9% to 73.1%');
  });

  it('never call a p nothing', () => {
    assert.deepEqual([0, 0.0004, 0.0314, 1].map(probabilityText), ['< 0.001', '< 0.001', '0.031', '1.000']);
  });

  it('say long times in hours', () => {
    assert.deepEqual([900, 61_000, 3_600_000, 18_612_000].map(durationText), [
      '900 ms',
      '1 min 1 s',
      '1 h 0 min',
      '5 h 10 min',
    ]);
  });

  it('put a dash where there is no number', () => {
    assert.deepEqual(
      [
        shareText(NaN),
        pointsText(Infinity),
        probabilityText(NaN),
        decimalText(null),
        ratioText(Infinity),
        durationText(NaN),
      ],
      Array<string>(6).fill('–'),
    );
  });

  it('count one and several', () => {
    assert.deepEqual(
      [0, 1, 1_200].map((count) => countOf(count, 'item')),
      ['0 items', '1 item', '1,200 items'],
    );
  });
});
