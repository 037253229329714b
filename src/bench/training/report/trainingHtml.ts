import { escapeHtml } from '../../../export/escapeHtml.ts';
import type { PageAddition } from '../../report/html/pageHtml.ts';
import { pageHtml } from '../../report/html/pageHtml.ts';
import { figureHtml } from '../../report/html/plots/figure.ts';
import { reliabilityFigure } from '../../report/html/plots/reliabilityFigures.ts';
import { bottomAxis, leftAxis, markSample, svgMark, svgPath } from '../../report/html/plots/svgParts.ts';
import type { Section } from '../../report/html/sections.ts';
import { contentsHtml, sectionsHtml } from '../../report/html/sections.ts';
import { tableHtml } from '../../report/html/tableHtml.ts';
import { lossPlot } from '../../report/plots/lossPlot.ts';
import { countText, decimalText } from '../../report/reportNumbers.ts';
import type { TrainingReport } from '../trainingDocument.ts';
import { countTable, epochTable, featureTable, judgeTable, trainedModelTable } from './trainingTables.ts';
import { judgeName, RELIABILITY_WORDS, trainingFindings, trainingMethod, trainingPlanWords } from './trainingWords.ts';

/** Verifications whose calibration is drawn. */
const DRAWN: readonly string[] = ['mlp', 'logistic', 'letter'];

/**
 * A training as one HTML page that needs nothing else.
 *
 * @param addition - what a program adds that shows it within itself.
 */
export function trainingHtml(report: TrainingReport, addition: PageAddition | null = null): string {
  const title = `Verifier for ${report.models.generator.name}`;
  const sections = sectionsOf(report);
  const findings = trainingFindings(report).map((finding) => `<li>${escapeHtml(finding)}</li>`);
  return pageHtml(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(trainingPlanWords(report))}</p>
<ul class="findings">${findings.join('\n')}</ul>
${contentsHtml('Contents', sections)}
${sectionsHtml(sections, 2)}`,
    addition,
  );
}

function sectionsOf(report: TrainingReport): readonly Section[] {
  const method = trainingMethod(report).map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`);
  return [
    { id: 's-judges', title: 'Judges', content: tableHtml(judgeTable(report)) },
    { id: 's-calibration', title: 'Calibration', content: `<div class="plots">${reliabilityFigures(report)}</div>` },
    { id: 's-training', title: 'Training', content: `${lossFigure(report)}\n${tableHtml(featureTable(report))}` },
    { id: 's-counts', title: 'Questions', content: tableHtml(countTable(report)) },
    { id: 's-method', title: 'Method', content: [...method, tableHtml(trainedModelTable(report))].join('\n') },
  ];
}

function reliabilityFigures({ judges }: TrainingReport): string {
  return judges
    .flatMap(({ name, calibration }) => (calibration && DRAWN.includes(name) ? [{ name, calibration }] : []))
    .map(
      ({ name, calibration }, index) =>
        `<div>${reliabilityFigure(judgeName(name), calibration, {
          number: index + 1,
          id: `reliability-${name}`,
          words: RELIABILITY_WORDS,
        })}</div>`,
    )
    .join('\n');
}

function lossFigure(report: TrainingReport): string {
  const plot = lossPlot(report.epochs, report.bestEpoch);
  const line = (places: readonly { readonly x: number; readonly y: number }[]): string =>
    places.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const best = report.epochs[report.bestEpoch - 1];
  const words = best
    ? `Weights of epoch ${countText(report.bestEpoch)} of ${countText(report.epochs.length)} were kept, with a stopping loss of ${decimalText(best.stopping)} nats.`
    : 'Nothing was learnt.';
  const drawing = [
    bottomAxis(plot.frame, plot.xTicks, 'Epoch'),
    leftAxis(plot.frame, plot.yTicks, 'Mean cross-entropy, nats'),
    svgPath('arm-0', line(plot.training)),
    svgPath('front', line(plot.stopping)),
    ...(plot.best ? [svgMark(2, plot.best.x, plot.best.y)] : []),
  ];
  return `${figureHtml({
    ...plot,
    id: 'losses',
    title: 'Losses of the MLP by epoch',
    description: `${words} The table below tells every epoch.`,
    drawing: drawing.join('\n'),
    caption: `<p>${escapeHtml(words)}</p><p class="keys">The solid line is the training loss, in which both classes count the same; the dashed one the loss that tells when to stop, on other questions; ${markSample(2)} the epoch that was kept.</p>`,
  })}
<details class="words"><summary>As a table</summary>${tableHtml(epochTable(report))}</details>`;
}
