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
        reliabilityFigure(arm, calibration, { number, id: `${id}reliability-${number}`, words: OF_RUNS }),
      ),
    )
    .join('\n');
}

/** How a reliability figure calls what it shows. */
export interface ReliabilityWords {
  /** Along the bottom. */
  readonly probability: string;
  /** Along the left. */
  readonly share: string;
  /** Behind its numbers, how to read it. */
  readonly key: string;
}

const OF_RUNS: ReliabilityWords = {
  probability: "Verifier's probability of the patch it kept, 0 to 1",
  share: 'Runs that were right, %',
  key: 'On the dashed line, a verifier is right as often as it says; below it, it is too sure. The bars count the divergences.',
};

export interface ReliabilityFigure {
  /** Gives its marks their shape and colour. */
  readonly number: number;
  /** Unique in the page. */
  readonly id: string;
  readonly words: ReliabilityWords;
}

/** A calibration as a plot with its numbers, and a table of its bins. */
export function reliabilityFigure(
  name: string,
  calibration: Calibration,
  { number, id, words: own }: ReliabilityFigure,
): string {
  const plot = reliabilityPlot(calibration);
  const words = wordsOf(calibration);
  return `${figureHtml({
    ...plot,
    id,
    title: `Reliability of the verifier: ${name}`,
    description: `${words} The table below tells every bin.`,
    drawing: drawn(plot, number, own),
    caption: `<p>${escapeHtml(words)}</p><p class="keys">${escapeHtml(own.key)}</p>`,
  })}
<details class="words"><summary>As a table</summary>${tableHtml(reliabilityTable(name, calibration, own.share.replace(/, %$/, '')))}</details>`;
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
  words: ReliabilityWords,
): string {
  const { left, right, top, bottom } = frame;
  const whole = { ...frame, bottom: countFrame.bottom };
  return [
    bottomAxis(whole, xTicks, words.probability),
    leftAxis(frame, yTicks, words.share),
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
