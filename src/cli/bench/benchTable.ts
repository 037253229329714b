import type { ArmReport, BenchReport, MatrixReport, PairReport } from '../../bench/report/reportDocument.ts';
import { formatCount, formatShare, formatTime } from '../../export/formatNumbers.ts';
import { textTable } from '../textTable.ts';

/** A bench's report for people: arms, their domains, their tokens, and what differs between them. */
export function benchTable({ arms, pairs }: BenchReport): string {
  const domains = [...new Set(arms.flatMap((arm) => arm.domains.map(({ domain }) => domain)))];
  const parts = [
    textTable(
      [
        'arm',
        'n',
        'accuracy',
        '95% interval',
        ...(domains.length > 1 ? domains : []),
        'mentor share',
        'of steps',
        'time',
      ],
      [...arms.map((arm) => accuracyRow(arm, domains.length > 1 ? domains : []))],
    ),
    textTable(
      ['tokens of', 'generator: accepted', 'decoded', 'prefilled', 'mentor: accepted', 'decoded', 'prefilled'],
      arms.map(tokenRow),
    ),
    ...(pairs.length > 0
      ? [textTable(['difference', 'points', '95% interval', 'gained', 'lost', 'p', 'p (Holm)', ''], pairs.map(pairRow))]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function accuracyRow(arm: ArmReport, domains: readonly string[]): string[] {
  const ofDomain = (domain: string): string => {
    const score = arm.domains.find((one) => one.domain === domain);
    return score ? formatShare(score.accuracy) : '–';
  };
  return [
    arm.arm,
    formatCount(arm.n) + notFound(arm),
    arm.n === 0 ? '–' : formatShare(arm.accuracy),
    arm.n === 0 ? '–' : `${formatShare(arm.low)} to ${formatShare(arm.high)}`,
    ...domains.map(ofDomain),
    arm.hasMentor ? formatShare(arm.mentorShare) : '–',
    arm.hasMentor ? formatShare(arm.mentorStepShare) : '–',
    formatTime(arm.timeMs),
  ];
}

/** Runs without an answer, which count as wrong. */
function notFound({ failed, unparsed }: ArmReport): string {
  const parts = [
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(unparsed > 0 ? [`${formatCount(unparsed)} without an answer`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** The arm `mentor` runs the mentor in the generator's place; its tokens are shown where they belong. */
function tokenRow({ arm, tokens }: ArmReport): string[] {
  const { generator, mentor } = arm === 'mentor' ? { generator: tokens.mentor, mentor: tokens.generator } : tokens;
  return [
    arm,
    ...[generator, mentor].flatMap(({ accepted, decoded, prefilled }) =>
      [accepted, decoded, prefilled].map(formatCount),
    ),
  ];
}

function pairRow({ a, b, difference, low, high, onlyA, onlyB, p, pHolm, itemsNeeded }: PairReport): string[] {
  const needed = itemsNeeded === null ? '' : `about ${formatCount(itemsNeeded)} questions would tell`;
  return [
    `${b} − ${a}`,
    points(difference),
    `${points(low)} to ${points(high)}`,
    formatCount(onlyB),
    formatCount(onlyA),
    formatP(p),
    formatP(pHolm),
    needed,
  ];
}

/** A difference of shares in points of 100, with its sign. */
function points(difference: number): string {
  const value = (100 * difference).toFixed(1);
  return difference > 0 && Number(value) !== 0 ? `+${value}` : value.replace('-', '−');
}

function formatP(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

/** What several pairs come to together, in the paper's own figures. */
export function matrixTable({ summary }: MatrixReport): string {
  const rows = summary.map(({ arm, pairs, averageGain, bestGain, improved, mentorShare }) => [
    arm,
    points(averageGain / 100),
    points(bestGain / 100),
    `${improved} of ${pairs}`,
    formatShare(mentorShare),
  ]);
  return `${textTable(['over the generators alone', 'average points', 'best', 'pairs improved', 'mentor share'], rows)}\n`;
}
