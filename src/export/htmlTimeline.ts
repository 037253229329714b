import type { Outcome, RunView } from '../core/view/runView.ts';
import type { TimelineDrawing } from '../core/view/timeline/timelineDrawing.ts';
import { drawTimeline } from '../core/view/timeline/timelineDrawing.ts';
import { TimelineScale } from '../core/view/timeline/timelineLayout.ts';
import type { TimelineMark } from '../core/view/timeline/timelineMarks.ts';
import { markShape } from '../core/view/timeline/timelineMarks.ts';
import type { TimelineSeries } from '../core/view/timeline/timelineSeries.ts';
import { seriesOf } from '../core/view/timeline/timelineSeries.ts';
import { notableSteps, OUTCOME_WORDS, stepWords, timelineSummary } from '../core/view/timeline/timelineWords.ts';
import { escapeHtml } from './escapeHtml.ts';
import { decisionId } from './htmlDecisions.ts';

/** The picture's width in its own units, as wide as the page's text at its widest. */
const WIDTH = 928;
const PLOT_HEIGHT = 64;

/**
 * A run's timeline as a picture without scripts, its marks leading to their decisions, with the same in words below;
 * nothing for a run without steps.
 *
 * @param branchStep - the first step that is not the parent's; null for a run of its own.
 */
export function htmlTimeline(view: RunView, branchStep: number | null): string {
  const series = seriesOf(view);
  if (series.length === 0) return '';
  const drawing = drawTimeline(series, { width: WIDTH, plotHeight: PLOT_HEIGHT, from: 0, to: series.length });
  return `<h2>Timeline</h2>
<figure class="timeline">
<svg viewBox="0 0 ${WIDTH} ${drawing.layout.height}" role="group" aria-labelledby="timeline-title" aria-describedby="timeline-summary">
<title id="timeline-title">Timeline of the run</title>
<desc id="timeline-summary">${escapeHtml(timelineSummary(series))}</desc>
${[...axes(drawing), ...curves(drawing), branchLine(drawing, branchStep), ...marks(drawing, series)].join('\n')}
</svg>
<figcaption class="legend quiet">${legend(drawing, branchStep)}</figcaption>
</figure>
${list(series)}
`;
}

function axes({ layout, ticks, entropyTop }: TimelineDrawing): string[] {
  const { left, right, top, bottom, labels } = layout;
  const label = (x: number, y: number, anchor: string, text: string): string =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}">${escapeHtml(text)}</text>`;
  return [
    `<path class="axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    `<path class="grid" d="M${left} ${top}H${right}M${left} ${(top + bottom) / 2}H${right}"/>`,
    label(left - 5, top + 4, 'end', '1'),
    label(left - 5, bottom, 'end', '0'),
    ...(entropyTop === null
      ? []
      : [label(right + 5, top + 4, 'start', String(entropyTop)), label(right + 5, bottom, 'start', '0')]),
    ...ticks.map((tick) => label(tick.x, labels, tick.anchor, tick.label)),
  ];
}

function curves({ curves: { band, probability, entropy, entropyPoints } }: TimelineDrawing): string[] {
  return [
    ...(band === '' ? [] : [`<path class="band" d="${band}"/>`]),
    ...(entropy === '' ? [] : [`<path class="entropy" d="${entropy}"/>`]),
    ...(entropyPoints === '' ? [] : [`<path class="entropy-point" d="${entropyPoints}"/>`]),
    `<path class="probability" d="${probability}"/>`,
  ];
}

function branchLine({ frame, layout }: TimelineDrawing, step: number | null): string {
  if (step === null || step < frame.from || step >= frame.to) return '';
  const x = new TimelineScale(frame, layout).edge(step);
  return `<path class="branch" d="M${x.toFixed(1)} ${layout.top - 6}V${layout.bottom}"><title>The branch begins at step ${step}</title></path>`;
}

const CLASSES: Readonly<Record<Outcome, string>> = { agreed: 'agreed', keptGenerator: 'kept', tookMentor: 'mentor' };

function marks({ marks: drawn }: TimelineDrawing, series: TimelineSeries): string[] {
  return drawn.map((mark) => {
    const { outcome, x, y, first } = mark;
    const spoken = escapeHtml(markWords(mark, series));
    return `<a href="#${decisionId(first)}" aria-label="${spoken}"><title>${spoken}</title><path class="${CLASSES[outcome]}" d="${markShape(outcome, x, y)}"/></a>`;
  });
}

/** What a mark stands for. */
function markWords({ outcome, count, first, last }: TimelineMark, series: TimelineSeries): string {
  const measure = series.at(first);
  if (count === 1 && measure) return stepWords(measure, series.length);
  return `Steps ${first} to ${last}: ${count} times ${OUTCOME_WORDS[outcome]}`;
}

function legend({ entropyTop, columnSteps }: TimelineDrawing, branchStep: number | null): string {
  const sample = (name: string, path: string, text: string): string =>
    `<span class="key"><svg viewBox="0 0 16 10" width="16" height="10" aria-hidden="true"><path class="${name}" d="${path}"/></svg> ${text}</span>`;
  const several = columnSteps > 1 ? `, mean and range of every ${columnSteps} steps` : '';
  return [
    sample('probability', 'M0 5H16', `the generator's probability of its own word, 0 to 1${several}`),
    ...(entropyTop === null
      ? []
      : [
          sample(
            'entropy-point',
            'M6 3l4 4m0-4l-4 4M0 5h3m10 0h3',
            `entropy where measured, 0 to ${entropyTop} nats (right)`,
          ),
        ]),
    ...(['tookMentor', 'keptGenerator', 'agreed'] as const).map((outcome) =>
      sample(CLASSES[outcome], markShape(outcome, 8, 5), OUTCOME_WORDS[outcome]),
    ),
    ...(branchStep === null ? [] : [sample('branch', 'M8 0V10', 'the branch begins')]),
  ].join(' ');
}

function list(series: TimelineSeries): string {
  const { steps, leftOut } = notableSteps(series);
  const items = steps.map(({ measure, isLeastCertain }) => {
    const { step, outcome } = measure;
    const words = escapeHtml(stepWords(measure, series.length));
    const linked = outcome === null ? words : `<a href="#${decisionId(step)}">${words}</a>`;
    return `<li>${linked}${isLeastCertain ? ' <span class="quiet">(among the least certain)</span>' : ''}</li>`;
  });
  const more =
    leftOut === 0 ? '' : `\n<p class="quiet">And ${leftOut} more divergences, all of them among the decisions.</p>`;
  return `<details>
<summary>The timeline in words</summary>
<p>${escapeHtml(timelineSummary(series))}</p>
<ul>
${items.join('\n')}
</ul>${more}
</details>`;
}
