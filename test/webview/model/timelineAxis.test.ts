import assert from 'node:assert/strict';
import fc from 'fast-check';
import { drawTimeline } from '../../../src/core/view/timeline/timelineDrawing.ts';
import {
  cursorGoal,
  markAt,
  partBetween,
  partWith,
  shownPart,
  stepOfMark,
} from '../../../src/webview/model/timelineAxis.ts';
import { plainStep, seriesOfSteps } from '../../support/plainSteps.ts';

const anySteps = fc.array(plainStep, { minLength: 1, maxLength: 300 });

describe('the axis of the panel’s timeline', () => {
  it('zooms to a part that has both ends of the range in it and lies within the run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), fc.nat(), fc.nat(), (length, a, b, c) => {
        const [from, to, step] = [a % length, b % length, c % length];
        const part = partBetween(from, to, length);
        for (const within of [part, partWith(part, step, length)]) {
          assert.ok(within.from >= 0 && within.to <= length && within.to - within.from >= Math.min(4, length));
        }
        assert.ok(part.from <= Math.min(from, to) && Math.max(from, to) < part.to);
        const moved = partWith(part, step, length);
        assert.ok(moved.from <= step && step < moved.to);
        assert.equal(moved.to - moved.from, part.to - part.from);
      }),
    );
  });

  it('shows the whole run unless a part is chosen, with room behind it while it grows', () => {
    assert.deepEqual(shownPart(null, 40, false), { from: 0, to: 40 });
    assert.ok(shownPart(null, 40, true).to > 40);
    assert.deepEqual(shownPart({ from: 3, to: 9 }, 40, true), { from: 3, to: 9 });
  });

  it('finds each mark where it is drawn, and opens one of its own steps', () => {
    fc.assert(
      fc.property(anySteps, fc.option(fc.nat(300)), (steps, openStep) => {
        const series = seriesOfSteps(steps);
        const drawing = drawTimeline(series, { width: 500, plotHeight: 28, from: 0, to: series.length });
        for (const mark of drawing.marks) {
          const found = markAt(drawing, mark.x, mark.y);
          assert.deepEqual([found?.outcome, found?.x], [mark.outcome, mark.x]);
          const step = stepOfMark(series, mark, openStep);
          assert.ok(mark.first <= step && step <= mark.last);
          assert.equal(series.at(step)?.outcome, mark.outcome);
        }
        assert.equal(markAt(drawing, 250, drawing.layout.top), null);
      }),
    );
  });

  it('walks all the probes from the first to the last and back, and all patches of the mentor', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const series = seriesOfSteps(steps);
        const walk = (key: string, start: number): number[] => {
          const walked: number[] = [];
          for (let at = start; ;) {
            const to = cursorGoal(key, { series, from: at, page: 1 });
            if (to === null || to === at) return walked;
            walked.push(to);
            at = to;
          }
        };
        const marked = steps.flatMap(({ outcome }, step) => (outcome === null ? [] : [step]));
        const taken = steps.flatMap(({ outcome }, step) => (outcome === 'tookMentor' ? [step] : []));
        const everything = steps.map((_, step) => step);
        assert.deepEqual(walk('ArrowRight', -1), marked.length > 0 ? marked : everything);
        assert.deepEqual(walk('n', -1), taken);
        assert.deepEqual(walk('p', steps.length), taken.toReversed());
        assert.deepEqual(walk('ArrowUp', -1), everything);
        assert.equal(cursorGoal('x', { series, from: 0, page: 1 }), null);
      }),
    );
  });
});
