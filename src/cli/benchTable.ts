import type { ArmReport, BenchReport, PairReport } from '../bench/benchReport.ts';
import { formatCount, formatShare, formatTime } from '../export/formatNumbers.ts';
import { textTable } from './textTable.ts';

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
      ? [textTable(['difference', 'only first', 'only second', 'p', 'p (Holm)'], pairs.map(pairRow))]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function accuracyRow(arm: ArmReport, domains: readonly string[]): string[] {
  const ofDomain = (domain: string): string => {
    const score = arm.domains.find((one) => one.domain === domain);
    return score ? formatShare(score.accuracy) : '–';
  };
  // One model alone has no share of anything: the zeros would read like a finding.
  const hasPair = arm.arm !== 'generator' && arm.arm !== 'mentor';
  return [
    arm.arm,
    formatCount(arm.n) + (arm.failed > 0 ? ` (${formatCount(arm.failed)} failed)` : ''),
    arm.n === 0 ? '–' : formatShare(arm.accuracy),
    arm.n === 0 ? '–' : `${formatShare(arm.low)} to ${formatShare(arm.high)}`,
    ...domains.map(ofDomain),
    hasPair ? formatShare(arm.mentorShare) : '–',
    hasPair ? formatShare(arm.mentorStepShare) : '–',
    formatTime(arm.timeMs),
  ];
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

function pairRow({ a, b, onlyA, onlyB, p, pHolm }: PairReport): string[] {
  return [`${a} / ${b}`, formatCount(onlyA), formatCount(onlyB), formatP(p), formatP(pHolm)];
}

function formatP(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}
