import assert from 'node:assert/strict';
import { contains, overlaps } from '../../../../src/bench/report/plots/box.ts';
import { positionPlot } from '../../../../src/bench/report/plots/positionPlot.ts';
import { textWidth } from '../../../../src/bench/report/plots/textSize.ts';
import type { ArmReport } from '../../../../src/bench/report/reportDocument.ts';
import { sampleReport } from '../../../support/benchReport/sampleReport.ts';

const arm = sampleReport().arms[3] ?? assert.fail();

function binned(count: number, width: number): ArmReport {
  const bins = Array.from({ length: count }, (_, index) => ({
    ...{ from: index * width, to: (index + 1) * width, steps: 9, probes: 3 },
    ...{ agreed: 1, keptGenerator: 1, tookMentor: 1 },
  }));
  return { ...arm, positions: bins };
}

describe('the plot of decisions by position', () => {
  it('stacks what became of the probes without gaps or overlaps, in the frame', () => {
    const { bars, frame } = positionPlot(arm);
    for (const [index, { box }] of bars.entries()) {
      assert.ok(contains(frame, box));
      for (const other of bars.slice(index + 1)) assert.ok(!overlaps(box, other.box));
    }
    const [took, kept] = bars;
    assert.equal(took?.box.bottom, frame.bottom);
    assert.equal(kept?.box.bottom, took.box.top);
  });

  it('has heights in proportion to the counts', () => {
    const { bars, frame, yTicks } = positionPlot(arm);
    const top = yTicks.at(-1) ?? assert.fail();
    const unit = (frame.bottom - top.at) / Number(top.label.replace(',', ''));
    for (const { box, bin, outcome } of bars) assert.ok(Math.abs(box.bottom - box.top - unit * bin[outcome]) < 0.05);
  });

  it('keeps tick labels apart for any number and width of bins', () => {
    for (const [count, width] of [
      [1, 1],
      [512, 1],
      [20, 5_000],
      [3, 1_000_000],
    ] as const) {
      const { xTicks, bars } = positionPlot(binned(count, width));
      assert.equal(bars.length, 3 * count);
      for (const [index, tick] of xTicks.slice(1).entries()) {
        assert.ok(tick.at - (xTicks[index]?.at ?? 0) >= textWidth(tick.label), `${count} bins of ${width}`);
      }
    }
  });

  it('has no bars, and still an axis, where nothing was probed', () => {
    const { bars, xTicks, yTicks } = positionPlot({ ...arm, positions: [] });
    assert.deepEqual(bars, []);
    assert.ok(xTicks.length > 0 && yTicks.length > 0);
  });
});
