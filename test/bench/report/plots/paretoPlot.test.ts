import assert from 'node:assert/strict';
import { contains, overlaps } from '../../../../src/bench/report/plots/box.ts';
import { paretoFront } from '../../../../src/bench/report/plots/paretoFront.ts';
import { paretoPlot } from '../../../../src/bench/report/plots/paretoPlot.ts';
import { textWidth } from '../../../../src/bench/report/plots/textSize.ts';
import { GENERATOR_ARM, MENTOR_ARM, SAMPLE_ARMS, sweptArm } from '../../../support/benchReport/sampleArms.ts';
import { sampleReport } from '../../../support/benchReport/sampleReport.ts';

describe('the Pareto front', () => {
  it('has what none other beats, from the cheapest up', () => {
    const choices = [
      { cost: 0.2, gain: 0.7 },
      { cost: 0, gain: 0.5 },
      { cost: 0.3, gain: 0.6 },
      { cost: 0.2, gain: 0.6 },
      { cost: 1, gain: 0.8 },
    ];
    assert.deepEqual(
      paretoFront(choices).map(({ cost, gain }) => [cost, gain]),
      [
        [0, 0.5],
        [0.2, 0.7],
        [1, 0.8],
      ],
    );
  });

  it('keeps equals', () => {
    const twins = [
      { cost: 0.2, gain: 0.7 },
      { cost: 0.2, gain: 0.7 },
    ];
    assert.equal(paretoFront(twins).length, 2);
  });
});

describe('the plot of accuracy against mentor share', () => {
  it('has every arm in the frame with its interval, the more mentor the further right', () => {
    const { points, frame } = paretoPlot(sampleReport());
    assert.equal(points.length, 5);
    for (const { x, y, low, high } of points) {
      assert.ok(x > frame.left && x < frame.right);
      assert.ok(high >= frame.top && high <= y && y <= low && low <= frame.bottom);
    }
    const places = [0, 2, 3, 4, 1].map((index) => points[index]?.x ?? NaN);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  it('joins the sweep by probability, whatever the order of the arms', () => {
    const report = sampleReport({ arms: SAMPLE_ARMS.toReversed() });
    const { sweep, points } = paretoPlot(report);
    assert.deepEqual(
      sweep.map(({ number }) => report.arms[number - 1]?.sweptProbability),
      [0.1, 0.24, 0.5],
    );
    assert.deepEqual(
      points.map(({ label }) => label?.text),
      ['1: p = 0.5', '2: p = 0.24', '3: p = 0.1', '4', '5'],
    );
  });

  it('breaks the axis before the mentor alone, with all tick labels apart', () => {
    const { breakAt, xTicks, points } = paretoPlot(sampleReport());
    const [, mentor] = points;
    assert.equal(xTicks.at(-1)?.label, '100%');
    assert.equal(xTicks.at(-1)?.at, mentor?.x);
    assert.ok(breakAt !== null && breakAt < (mentor?.x ?? 0));
    for (const [index, tick] of xTicks.slice(1).entries()) {
      const before = xTicks[index] ?? assert.fail();
      const widths = (textWidth(tick.label) + textWidth(before.label)) / 2;
      assert.ok(tick.at - before.at >= widths, `${before.label} ${tick.label}`);
    }
    assert.equal(paretoPlot(sampleReport({ arms: SAMPLE_ARMS.filter(({ arm }) => arm !== 'mentor') })).breakAt, null);
  });

  it('keeps labels apart in a sweep of twelve', () => {
    const sweep = Array.from({ length: 12 }, (_, index) => sweptArm((index + 1) / 100, 0.5));
    const { points, frame } = paretoPlot(sampleReport({ arms: [GENERATOR_ARM, MENTOR_ARM, ...sweep] }));
    const boxes = points.flatMap(({ label }) => (label ? [label.box] : []));
    assert.ok(boxes.length > 0);
    for (const [index, box] of boxes.entries()) {
      assert.ok(contains(frame, box));
      for (const other of boxes.slice(index + 1)) assert.ok(!overlaps(box, other));
    }
  });

  it('leaves out arms without runs', () => {
    const report = sampleReport();
    const arms = report.arms.map((arm, index) => (index === 1 ? { ...arm, n: 0 } : arm));
    assert.deepEqual(
      paretoPlot({ ...report, arms }).points.map(({ number }) => number),
      [1, 3, 4, 5],
    );
  });
});
