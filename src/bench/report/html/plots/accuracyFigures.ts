import { armsOf } from '../../armsOf.ts';
import type { AccuracyPlot, AccuracyRow } from '../../plots/accuracyPlot.ts';
import { domainAccuracyPlot, overallAccuracyPlot } from '../../plots/accuracyPlot.ts';
import type { BenchReport, Score } from '../../reportDocument.ts';
import { shareIntervalText, shareText } from '../../reportNumbers.ts';
import { domainName } from '../../tables/armTable.ts';
import { figureHtml } from './figure.ts';
import { armClasses, bottomAxis, svgMark, svgPath, svgText } from './svgParts.ts';

const AXIS_TITLE = 'Accuracy in %, with its 95% interval';

/** Accuracy by arm, over all items and by domain. */
export function accuracyFigures(report: BenchReport, id: string): readonly string[] {
  if (report.arms.length === 0) return [];
  const overall = overallAccuracyPlot(report);
  const figures = [
    figureHtml({
      ...overall,
      id: `${id}accuracy`,
      title: 'Accuracy by arm',
      description: armsOf(report)
        .map(({ report: arm }) => scoreWords(arm.arm, arm))
        .join('; '),
      drawing: drawn(overall),
    }),
  ];
  if (report.plan.domains.length < 2) return figures;
  const byDomain = domainAccuracyPlot(report);
  return [
    ...figures,
    figureHtml({
      ...byDomain,
      id: `${id}domains`,
      title: 'Accuracy by domain and arm',
      description: domainWords(report),
      drawing: drawn(byDomain),
    }),
  ];
}

function domainWords({ plan, arms }: BenchReport): string {
  return plan.domains
    .map(({ domain, isRecall }) => {
      const scores = arms.flatMap(({ arm, domains }) => {
        const score = domains.find((own) => own.domain === domain);
        return score ? [scoreWords(arm, score)] : [];
      });
      return `${domainName(domain, isRecall)}: ${scores.join('; ')}.`;
    })
    .join(' ');
}

function scoreWords(arm: string, score: Score): string {
  return score.n === 0 ? `${arm} no runs` : `${arm} ${shareText(score.accuracy)} (${shareIntervalText(score)})`;
}

function drawn({ frame, ticks, headings, rows }: AccuracyPlot): string {
  return [
    bottomAxis(frame, ticks, AXIS_TITLE),
    ...headings.map(({ y, text }) => svgText({ x: 2, y }, text, { name: 'heading' })),
    ...rows.map((row) => drawnRow(row, frame.left, frame.right)),
  ].join('\n');
}

function drawnRow({ number, y, label, value, mark }: AccuracyRow, left: number, right: number): string {
  const texts = [
    svgText({ x: 24, y: y + 4 }, label, { name: 'name' }),
    svgText({ x: right + 8, y: y + 4 }, value, { name: 'value' }),
    svgMark(number, 12, y),
  ];
  if (!mark) return [...texts, svgText({ x: left + 4, y: y + 4 }, '–')].join('\n');
  const { x, low, high } = mark;
  const whisker = `M${low} ${y - 4}v8M${low} ${y}H${high}M${high} ${y - 4}v8`;
  return [...texts, svgPath(`whisker ${armClasses(number)}`, whisker), svgMark(number, x, y)].join('\n');
}
