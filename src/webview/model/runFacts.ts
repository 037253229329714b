import type { RunCounts, RunView } from '../../core/view/runView.ts';
import { whyShareIsZero } from '../../core/view/shareReason.ts';
import { formatCount, formatRate, formatShare } from './numberFormats.ts';
import type { RunTotals } from './runModel.ts';

/** One figure of a run with its name and what it is measured against. */
export interface Fact {
  readonly id: 'answer' | 'mentor-share' | 'probes' | 'diverged' | 'taken' | 'speed';
  readonly label: string;
  readonly value: string;
  /** What the figure is out of, or why it is 0; null when there is nothing to add. */
  readonly detail: string | null;
  /** Whether the figure misleads without its detail, so that it is shown even where there is little room. */
  readonly needsDetail: boolean;
}

/** What the figures of a run are taken from. */
export interface FactsInput {
  readonly view: RunView;
  readonly totals: RunTotals;
  readonly isActive: boolean;
  readonly hasMentor: boolean;
}

/** The figures that answer what the mentor changed and what it cost, in the order in which they are shown. */
export function runFacts(input: FactsInput): readonly Fact[] {
  const { counts } = input.view;
  return [
    answerFact(input),
    shareFact(input),
    { ...countFact('probes', 'Probes', counts.probes), detail: `of ${formatCount(counts.steps, 'step')}` },
    { ...countFact('diverged', 'Diverged', counts.divergences), detail: `${grouped(counts.agreed)} agreed` },
    takenFact(counts),
    speedFact(input),
  ];
}

function countFact(id: Fact['id'], label: string, count: number): Omit<Fact, 'detail'> {
  return { id, label, value: grouped(count), needsDetail: false };
}

function answerFact({ view, isActive }: FactsInput): Fact {
  const answer = view.ended?.answer ?? null;
  const detail = answer !== null ? null : isActive ? 'not yet' : 'none found';
  return { id: 'answer', label: 'Answer', value: answer ?? '–', detail, needsDetail: true };
}

function shareFact({ view, isActive, hasMentor }: FactsInput): Fact {
  const { counts } = view;
  const { generator, mentor } = counts.acceptedTokens;
  const why = isActive ? null : hasMentor ? whyShareIsZero(counts) : 'this run had no mentor';
  return {
    id: 'mentor-share',
    label: 'Mentor share',
    value: formatShare(counts.mentorShare),
    detail: why ?? `${grouped(mentor)} of ${formatCount(generator + mentor, 'token')}`,
    needsDetail: why !== null,
  };
}

function takenFact(counts: RunCounts): Fact {
  const kept = counts.divergences - counts.taken;
  return { ...countFact('taken', 'Taken', counts.taken), detail: `${grouped(kept)} kept the generator's` };
}

function speedFact({ view, totals }: FactsInput): Fact {
  const { generator, mentor } = view.counts.acceptedTokens;
  const timeMs = view.ended?.timeMs ?? totals.timeMs;
  const rate = timeMs > 0 ? formatRate(((generator + mentor) * 1000) / timeMs) : '–';
  const decoded = view.ended?.tokens.mentor.decoded ?? totals.mentorDecoded;
  const read = view.ended?.tokens.mentor.prefilled ?? totals.mentorPrefilled;
  return {
    id: 'speed',
    label: 'Tokens per second',
    value: rate,
    detail: `mentor: ${grouped(decoded)} decoded, ${grouped(read)} read`,
    needsDetail: false,
  };
}

/** A whole number with its thousands apart. */
function grouped(count: number): string {
  return count.toLocaleString('en');
}
