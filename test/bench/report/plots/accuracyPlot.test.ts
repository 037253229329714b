import assert from 'node:assert/strict';
import { armLook, armMark } from '../../../../src/bench/report/plots/armMarks.ts';
import { domainAccuracyPlot, overallAccuracyPlot } from '../../../../src/bench/report/plots/accuracyPlot.ts';
import { LINE_HEIGHT, textWidth } from '../../../../src/bench/report/plots/textSize.ts';
import { sampleReport } from '../../../support/benchReport/sampleReport.ts';

const report = sampleReport();

describe('the plot of accuracies', () => {
  it('has a line for each arm, its mark within its interval within the frame', () => {
    const { rows, frame, height } = overallAccuracyPlot(report);
    assert.deepEqual(
      rows.map(({ label }) => label),
      report.arms.map(({ arm }, index) => `${index + 1} ${arm}`),
    );
    for (const { mark, y } of rows) {
      assert.ok(
        mark && frame.left <= mark.low && mark.low <= mark.x && mark.x <= mark.high && mark.high <= frame.right,
      );
      assert.ok(y > frame.top && y < frame.bottom && frame.bottom < height);
    }
  });

  it('has a group for each domain, recall marked, no two lines of text over one another', () => {
    const { rows, headings } = domainAccuracyPlot(report);
    assert.deepEqual(
      headings.map(({ text }) => text),
      ['gsm8k', 'mmlu (recall)', 'commonsense'],
    );
    const lines = [...rows, ...headings].map(({ y }) => y).toSorted((a, b) => a - b);
    for (const [index, y] of lines.slice(1).entries()) assert.ok(y - (lines[index] ?? 0) >= LINE_HEIGHT);
  });

  it('shortens long names so that they end before the frame', () => {
    const arms = report.arms.map((arm) => ({ ...arm, arm: `${'W'.repeat(60)}${arm.arm}` }));
    const { rows, frame } = overallAccuracyPlot({ ...report, arms });
    for (const { label } of rows) assert.ok(24 + textWidth(label) <= frame.left);
  });

  it('says where there were no runs', () => {
    const arms = report.arms.map((arm) => ({ ...arm, n: 0 }));
    const { rows, ticks } = overallAccuracyPlot({ ...report, arms });
    assert.ok(rows.every(({ mark, value }) => mark === null && value === 'no runs'));
    assert.equal(ticks.at(-1)?.label, '100%');
  });
});

describe('marks of arms', () => {
  it('differ in shape or filling for sixteen arms', () => {
    const looks = Array.from(
      { length: 16 },
      (_, index) => `${armMark(index + 1, 0, 0)}${String(armLook(index + 1).isHollow)}`,
    );
    assert.equal(new Set(looks).size, 16);
    assert.ok(looks.every((look) => !/NaN|e-/.test(look)));
  });
});
