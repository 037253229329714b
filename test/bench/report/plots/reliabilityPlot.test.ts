import assert from 'node:assert/strict';
import { reliabilityPlot } from '../../../../src/bench/report/plots/reliabilityPlot.ts';
import { textWidth } from '../../../../src/bench/report/plots/textSize.ts';
import { calibration } from '../../../../src/bench/statistics/calibration.ts';

describe('the reliability plot', () => {
  it('puts a point where a bin lies, right at the top and wrong at the bottom', () => {
    const { points, frame } = reliabilityPlot(
      calibration([
        { score: 1, isRight: true },
        { score: 0.5, isRight: false },
      ]),
    );
    assert.deepEqual(points, [
      { x: (frame.left + frame.right) / 2, y: frame.bottom, bin: 5 },
      { x: frame.right, y: frame.top, bin: 9 },
    ]);
  });

  it('counts every bin below, the labels apart and under the plot', () => {
    const outcomes = Array.from({ length: 12_345 }, () => ({ score: 0.95, isRight: true }));
    const { counts, countFrame, frame } = reliabilityPlot(calibration(outcomes));
    assert.equal(counts.length, 10);
    assert.deepEqual([counts[0]?.label, counts[9]?.label], ['0', '12k']);
    for (const { box, label } of counts) {
      assert.ok(textWidth(label) <= box.right - box.left);
      assert.ok(box.top - 4 - 12 > frame.bottom && box.bottom <= countFrame.bottom);
    }
  });

  it('has no points for no divergences', () => {
    assert.deepEqual(reliabilityPlot(calibration([])).points, []);
  });
});
