import assert from 'node:assert/strict';
import fc from 'fast-check';
import { drawTimeline } from '../../../../src/core/view/timeline/timelineDrawing.ts';
import { growingEnd, TimelineScale } from '../../../../src/core/view/timeline/timelineLayout.ts';
import type { TimelineFrame } from '../../../../src/core/view/timeline/timelineLayout.ts';
import { seriesOf, TimelineSeries } from '../../../../src/core/view/timeline/timelineSeries.ts';
import { notableSteps, stepWords, timelineSummary } from '../../../../src/core/view/timeline/timelineWords.ts';
import { viewRun } from '../../../../src/core/view/runView.ts';
import type { RunView } from '../../../../src/core/view/runView.ts';
import { eventsOf } from '../../../../src/protocol/eventsOf.ts';
import { generatedRun, traceOf } from '../../../support/generatedRun.ts';
import { sampleRun } from '../../../support/panelPage/sampleRun.ts';
import type { PlainStep } from '../../../support/plainSteps.ts';
import { plainStep, plainSteps, seriesOfSteps } from '../../../support/plainSteps.ts';

const sample = sampleRun();
const sampleView = viewRun(eventsOf(sample.script.lines));

function whole(series: TimelineSeries, width: number): TimelineFrame {
  return { width, plotHeight: 32, from: 0, to: series.length };
}

/** The numbers in path data, as points. */
function points(path: string): readonly (readonly [number, number])[] {
  return [...path.matchAll(/[ML ]?(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

function probabilities(steps: readonly PlainStep[]): readonly number[] {
  return steps.flatMap(({ probability }) => (probability === null ? [] : [probability]));
}

describe('TimelineSeries', () => {
  it('tells of a step the least certain of its pieces, its entropy and what became of the probe', () => {
    const series = seriesOf(sampleView);
    const { probability, entropy, outcome } = series.at(sample.steps.taken) ?? assert.fail();
    assert.deepEqual([probability?.toFixed(2), entropy, outcome], ['0.41', 1.02, 'tookMentor']);
    assert.equal(series.at(0)?.outcome, null);
    assert.equal(series.at(series.length), null);
    const unsure = plainSteps([{ probability: 0.9, entropy: null, outcome: null }])[0] ?? assert.fail();
    const piece = unsure.word.pieces[0] ?? assert.fail();
    const word = { ...unsure.word, pieces: [piece, { ...piece, logProbability: Math.log(0.2) }, piece] };
    const several = new TimelineSeries();
    several.add({ ...unsure, word }, null);
    assert.equal(several.at(0)?.probability?.toFixed(3), '0.200');
  });

  it('tells of an end of the text the probability of the end, and of nothing measured nothing', () => {
    const series = seriesOf(sampleView);
    assert.equal(series.at(sample.steps.end)?.probability?.toFixed(2), '0.93');
    assert.equal(seriesOfSteps([{ probability: null, entropy: null, outcome: null }]).at(0)?.probability, null);
  });

  it('sums up any stretch like its steps one by one', () => {
    fc.assert(
      fc.property(fc.array(plainStep, { maxLength: 70 }), fc.nat(75), fc.nat(75), (steps, from, to) => {
        const found = seriesOfSteps(steps).summary(from, to);
        const inside = steps.slice(from, Math.max(from, to));
        if (inside.length === 0) {
          assert.equal(found, null);
          return;
        }
        assert.deepEqual([found?.first, found?.end], [from, from + inside.length]);
        const all = probabilities(inside);
        assert.equal(found?.probability?.count ?? 0, all.length);
        if (all.length > 0) {
          assert.ok(Math.abs((found?.probability?.low ?? 2) - Math.min(...all)) < 1e-9);
          assert.ok(Math.abs((found?.probability?.high ?? 2) - Math.max(...all)) < 1e-9);
        }
        for (const outcome of ['agreed', 'keptGenerator', 'tookMentor'] as const) {
          const marked = inside.flatMap((step, index) => (step.outcome === outcome ? [from + index] : []));
          const expected = marked.length === 0 ? null : { count: marked.length, first: marked[0], last: marked.at(-1) };
          assert.deepEqual(found?.marks[outcome], expected);
        }
      }),
    );
  });

  it('is the same step by step as from the whole run, for any run of the loop', async () => {
    await fc.assert(
      fc.asyncProperty(generatedRun, fc.integer({ min: 40, max: 1_500 }), async (run, width) => {
        const view = viewRun(eventsOf(await traceOf(run)));
        const series = new TimelineSeries();
        for (const step of view.steps) {
          series.add(step, view.decisions.find((decision) => decision.step === step.step) ?? null);
          const soFar: RunView = { ...view, steps: view.steps.slice(0, series.length) };
          const frame = whole(series, width);
          assert.deepEqual(drawTimeline(series, frame), drawTimeline(seriesOf(soFar), frame));
        }
        assert.equal(series.length, view.steps.length);
      }),
      { numRuns: 25 },
    );
  });
});

describe('drawTimeline', () => {
  const anyRun = fc.array(plainStep, { minLength: 1, maxLength: 600 });
  const anyWidth = fc.integer({ min: 120, max: 1_600 });

  it('loses no dip and no peak of the probability, however many steps a column holds', () => {
    fc.assert(
      fc.property(anyRun, anyWidth, (steps, width) => {
        const series = seriesOfSteps(steps);
        const { curves, layout, columnSteps } = drawTimeline(series, whole(series, width));
        const all = probabilities(steps);
        if (all.length === 0) {
          assert.equal(curves.probability + curves.band, '');
          return;
        }
        const drawn = points(columnSteps > 1 ? curves.band : curves.probability).map(([, y]) => y);
        const y = (share: number): number => layout.bottom - share * (layout.bottom - layout.top);
        assert.ok(Math.abs(Math.max(...drawn) - y(Math.min(...all))) < 0.06);
        assert.ok(Math.abs(Math.min(...drawn) - y(Math.max(...all))) < 0.06);
      }),
    );
  });

  it('marks every probe in the row of its outcome, none of them hidden by another kind', () => {
    fc.assert(
      fc.property(anyRun, anyWidth, (steps, width) => {
        const series = seriesOfSteps(steps);
        const { marks, layout } = drawTimeline(series, whole(series, width));
        for (const [step, { outcome }] of steps.entries()) {
          if (outcome === null) continue;
          const mark = marks.filter((each) => each.outcome === outcome && each.first <= step && step <= each.last);
          assert.equal(mark.length, 1);
          assert.equal(mark[0]?.y, layout.rows[outcome]);
          assert.ok(mark[0].x >= layout.left && mark[0].x <= layout.right);
        }
        const counted = marks.reduce((sum, { count }) => sum + count, 0);
        assert.equal(counted, steps.filter(({ outcome }) => outcome !== null).length);
      }),
    );
  });

  it('stays within its picture', () => {
    fc.assert(
      fc.property(anyRun, anyWidth, (steps, width) => {
        const series = seriesOfSteps(steps);
        const { curves, layout } = drawTimeline(series, whole(series, width));
        for (const [x, y] of points(curves.probability + curves.band + curves.entropy)) {
          assert.ok(x >= layout.left - 0.1 && x <= layout.right + 0.1 && y >= layout.top && y <= layout.bottom);
        }
      }),
    );
  });

  it('is bounded by its width, not by the length of the run', () => {
    const size = (length: number): readonly number[] => {
      const series = seriesOfSteps(
        Array.from({ length }, (_, i) => ({
          probability: (i * 0.37) % 1,
          entropy: i % 3,
          outcome: (['agreed', 'keptGenerator', 'tookMentor', null] as const)[i % 4] ?? null,
        })),
      );
      const drawing = drawTimeline(series, whole(series, 900));
      const { probability, band, entropy, entropyPoints } = drawing.curves;
      return [
        probability.length + band.length + entropy.length + entropyPoints.length,
        drawing.marks.length,
        drawing.ticks.length,
      ];
    };
    for (const length of [100, 500, 5_000, 40_000, 100_000]) {
      const [data = 0, marks = 0, ticks = 0] = size(length);
      assert.ok(data < 900 * 30, `${length} steps: ${data} characters of paths`);
      assert.ok(marks <= 3 * (900 / 9 + 1), `${length} steps: ${marks} marks`);
      assert.ok(ticks <= 900 / 72 + 1, `${length} steps: ${ticks} labels`);
    }
  });

  it('draws a part of the run by itself, with the words along the axis where there is room', () => {
    const series = seriesOf(sampleView);
    const { ticks, marks } = drawTimeline(series, { width: 900, plotHeight: 32, from: 8, to: 16 });
    assert.ok(marks.every(({ first, last }) => first >= 8 && last < 16));
    assert.deepEqual(
      ticks.map(({ step }) => step),
      [8, 9, 10, 11, 12, 13, 14, 15],
    );
    assert.equal(ticks[0]?.label, '8 $5');
    assert.match(ticks[sample.steps.taken - 8]?.label ?? '', /^12 30\$.*…$/);
  });
});

describe('the axis of a timeline', () => {
  it('finds the step at the middle of every step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 60, max: 2_000 }),
        fc.nat(),
        (to, width, any) => {
          const series = seriesOfSteps([]);
          const frame = { width, plotHeight: 32, from: 0, to };
          const scale = new TimelineScale(frame, drawTimeline(series, frame).layout);
          const step = any % to;
          assert.equal(scale.stepAt(scale.x(step)), step);
          assert.equal(scale.stepAt(-1e6), 0);
          assert.equal(scale.stepAt(1e6), to - 1);
        },
      ),
    );
  });

  it('moves the end of a growing run in jumps, always ahead of it and never far', () => {
    const ends = Array.from({ length: 10_000 }, (_, length) => growingEnd(length));
    assert.ok(ends.every((end, length) => end > length && end <= length + Math.max(8, length / 8)));
    assert.ok(ends.every((end, length) => end >= (ends[length - 1] ?? 0)));
    assert.ok(new Set(ends).size < 100);
  });
});

describe('the words of a timeline', () => {
  it('tells all that is known of a step', () => {
    const series = seriesOf(sampleView);
    const words = (step: number): string => stepWords(series.at(step) ?? assert.fail(), series.length);
    assert.equal(
      words(sample.steps.taken),
      "Step 12 of 42, word “36$”, probability 0.41, entropy 1.02 nats, mentor's patch taken",
    );
    assert.equal(words(0), 'Step 0 of 42, word “Mia”, probability 0.93, not probed');
  });

  it('sums the run up', () => {
    assert.equal(
      timelineSummary(seriesOf(sampleView)),
      "42 steps. The generator's probability of its own word is 0.89 on average, the lowest 0.41 at step 12. " +
        "The highest entropy measured is 1.02 nats. Of 6 probes, 2 took the mentor's patch, 1 kept the generator's, 3 agreed.",
    );
    assert.equal(timelineSummary(new TimelineSeries()), 'No step has been taken.');
  });

  it('lists the divergences and the least certain words in their order, and no more than a screenful of them', () => {
    const { steps, leftOut } = notableSteps(seriesOf(sampleView));
    assert.equal(leftOut, 0);
    const taken = steps.find(({ measure }) => measure.step === sample.steps.taken);
    assert.deepEqual([taken?.measure.outcome, taken?.isLeastCertain], ['tookMentor', true]);
    const many = seriesOfSteps(
      Array.from({ length: 9_000 }, (_, i) => ({
        probability: 0.9,
        entropy: null,
        outcome: i % 2 === 0 ? 'tookMentor' : 'keptGenerator',
      })),
    );
    const list = notableSteps(many);
    assert.ok(list.steps.length <= 45);
    assert.equal(list.leftOut, 9_000 - list.steps.length);
    assert.ok(list.steps.every(({ measure }, i) => i === 0 || measure.step > (list.steps[i - 1]?.measure.step ?? 0)));
  });
});
