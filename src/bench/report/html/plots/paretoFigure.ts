import { escapeHtml } from '../../../../export/escapeHtml.ts';
import { armsOf, mentorPart } from '../../armsOf.ts';
import type { ParetoPlot, ParetoPoint } from '../../plots/paretoPlot.ts';
import { paretoPlot } from '../../plots/paretoPlot.ts';
import type { BenchReport } from '../../reportDocument.ts';
import { shareIntervalText, shareText } from '../../reportNumbers.ts';
import { figureHtml } from './figure.ts';
import { armClasses, bottomAxis, leftAxis, markSample, svgMark, svgPath, svgText } from './svgParts.ts';

/** What accuracy costs in words of the mentor: every arm a point; nothing before any has run. */
export function paretoFigure(report: BenchReport, id: string): string {
  const plot = paretoPlot(report);
  if (plot.points.length === 0) return '';
  return figureHtml({
    ...plot,
    id: `${id}pareto`,
    title: 'Accuracy against mentor share',
    description: described(report, plot),
    drawing: drawn(plot),
    caption: legend(report, plot),
  });
}

function described(report: BenchReport, { points }: ParetoPlot): string {
  return points
    .map(({ number, isOptimal }) => {
      const arm = report.arms[number - 1];
      if (!arm) return '';
      const mark = isOptimal ? ', Pareto-optimal' : '';
      return `${arm.arm}: mentor share ${shareText(mentorPart(arm))}, accuracy ${shareText(arm.accuracy)} (${shareIntervalText(arm)})${mark}.`;
    })
    .join(' ');
}

function drawn({ frame, xTicks, yTicks, points, front, sweep, breakAt }: ParetoPlot): string {
  return [
    bottomAxis(frame, xTicks, "Mentor share, % of the text's tokens"),
    leftAxis(frame, yTicks, 'Accuracy, % (95% interval)'),
    breakAt === null ? '' : svgPath('break', `M${breakAt - 5} ${frame.bottom + 5}l4 -10m2 10l4 -10`),
    front.length > 1 ? svgPath('front', joined(front)) : '',
    sweep.length > 1 ? svgPath('sweep', joined(sweep)) : '',
    ...points.map(({ number, x, low, high }) =>
      svgPath(`whisker ${armClasses(number)}`, `M${x - 4} ${high}h8M${x} ${high}V${low}M${x - 4} ${low}h8`),
    ),
    ...points.map(({ number, x, y, isOptimal }) =>
      [isOptimal ? `<circle class="optimal" cx="${x}" cy="${y}" r="9"/>` : '', svgMark(number, x, y)].join(''),
    ),
    ...points.map(drawnLabel),
  ].join('\n');
}

function joined(points: readonly ParetoPoint[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

function drawnLabel({ x, y, label }: ParetoPoint): string {
  if (!label) return '';
  const text = svgText({ x: label.x, y: label.y + 4 }, label.text, { anchor: 'middle', name: 'name' });
  return label.lead ? `${svgPath('lead', `M${x} ${y}L${label.lead.x} ${label.lead.y}`)}${text}` : text;
}

function legend(report: BenchReport, { front, sweep, breakAt }: ParetoPlot): string {
  const arms = armsOf(report).map(
    ({ number, report: { arm } }) => `<span class="key">${markSample(number)} ${number} ${escapeHtml(arm)}</span>`,
  );
  const sample = (content: string): string =>
    `<svg class="sample" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">${content}</svg>`;
  const lines = [
    front.length > 1
      ? `<span class="key">${sample(`${svgPath('front', 'M0 8H24')}<circle class="optimal" cx="12" cy="8" r="6"/>`)} Pareto-optimal: none other is as accurate with less of the mentor</span>`
      : '',
    sweep.length > 1
      ? `<span class="key">${sample(svgPath('sweep', 'M0 8H24'))} sweep of p, the probability of a probe, in its order</span>`
      : '',
    breakAt === null ? '' : '<span class="key">The axis is broken before the mentor alone.</span>',
  ];
  return `<p class="keys">${[...arms, ...lines].filter(Boolean).join(' ')}</p>`;
}
