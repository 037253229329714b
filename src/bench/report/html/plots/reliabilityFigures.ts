import { escapeHtml } from '../../../../export/escapeHtml.ts';
import type { Calibration } from '../../../statistics/calibration.ts';
import { mentoredArms } from '../../armsOf.ts';
import { reliabilityPlot } from '../../plots/reliabilityPlot.ts';
import type { BenchReport } from '../../reportDocument.ts';
import { decimalText } from '../../reportNumbers.ts';
import { calibrationWords } from '../../reportWords.ts';
import { divergencesOf, reliabilityTable } from '../../tables/decisionTables.ts';
import { tableHtml } from '../tableHtml.ts';
import { choiceHtml } from './choice.ts';
import { figureHtml } from './figure.ts';
import { bottomAxis, leftAxis, svgBox, svgMark, svgPath, svgText } from './svgParts.ts';

/** How far the verifier of each arm knows what it claims to; nothing where none was asked. */
export function reliabilityFigures(report: BenchReport, id: string): string {
  return mentoredArms(report)
    .flatMap(({ number, report: { arm, calibration } }) => (calibration ? [{ number, arm, calibration }] : []))
    .map(({ number, arm, calibration }, index) =>
      choiceHtml(
        `${number} ${arm}`,
        index === 0,
        figure(arm, calibration, { number, id: `${id}reliability-${number}` }),
      ),
    )
    .join('\n');
}

function figure(arm: string, calibration: Calibration, { number, id }: { number: number; id: string }): string {
  const plot = reliabilityPlot(calibration);
  const words = wordsOf(calibration);
  return `${figureHtml({
    ...plot,
    id,
    title: `Reliability of the verifier: ${arm}`,
    description: `${words} The table below tells every bin.`,
    drawing: drawn(plot, number),
    caption: `<p>${escapeHtml(words)}</p><p class="keys">On the dashed line, a verifier is right as often as it says; below it, it is too sure. The bars count the divergences.</p>`,
  })}
<details class="words"><summary>As a table</summary>${tableHtml(reliabilityTable(arm, calibration))}</details>`;
}

function wordsOf(calibration: Calibration): string {
  return calibrationWords({
    count: divergencesOf(calibration),
    brier: decimalText(calibration.brier),
    error: decimalText(calibration.expectedCalibrationError),
    auc: decimalText(calibration.auc),
  });
}

function drawn(
  { frame, xTicks, yTicks, points, counts, countFrame }: ReturnType<typeof reliabilityPlot>,
  arm: number,
): string {
  const { left, right, top, bottom } = frame;
  const whole = { ...frame, bottom: countFrame.bottom };
  return [
    bottomAxis(whole, xTicks, "Verifier's probability of the patch it kept, 0 to 1"),
    leftAxis(frame, yTicks, 'Runs that were right, %'),
    svgPath('axis', `M${left} ${bottom}H${right}`),
    svgPath('diagonal', `M${left} ${bottom}L${right} ${top}`),
    points.length > 1
      ? svgPath(`sweep`, points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(''))
      : '',
    ...points.map(({ x, y }) => svgMark(arm, x, y)),
    ...counts.map(({ box }) => svgBox('count', box)),
    ...counts.map(({ box, label }) =>
      svgText({ x: (box.left + box.right) / 2, y: box.top - 4 }, label, { anchor: 'middle' }),
    ),
    svgText({ x: left - 6, y: countFrame.bottom - 2 }, 'count', { anchor: 'end' }),
  ].join('\n');
}
