import type { ErrorCode } from '../core/errors.ts';
import type { Usage } from '../core/languageModel.ts';
import { NO_USAGE, usageTogether } from '../core/languageModel.ts';
import type { RunEnded, RunEvent, Source, StopReason, TokenCounts } from '../core/runEvent.ts';
import { extractAnswer } from '../core/answer/extractAnswer.ts';
import type { Decision, Outcome, RunView } from '../core/view/runView.ts';
import { viewRun } from '../core/view/runView.ts';
import type { Author } from '../core/verification/verdict.ts';
import { whyShareIsZero } from '../core/view/shareReason.ts';

/** One probe, in short. */
export interface DecisionResult {
  readonly step: number;
  readonly generatorWord: string;
  readonly mentorWord: string;
  readonly outcome: Outcome;
  /** Both missing when the words agreed. */
  readonly generatorPatch?: string;
  readonly mentorPatch?: string;
  /** Log-odds for the mentor's patch in nats; missing when no verifier was asked. */
  readonly score?: number;
}

/** A run as `solve --json` prints it; field names are a contract with scripts. */
export interface SolveResult {
  /** Stripped at both ends. */
  readonly text: string;
  readonly answer: string | null;
  readonly stop: StopReason;
  /** Why the run failed; missing unless `stop` is `failed`. */
  readonly failure?: { readonly code: ErrorCode; readonly message: string };
  /** Accepted mentor tokens / accepted tokens of both, 0..1. */
  readonly mentorShare: number;
  /** Why the share is 0; missing when it is not. */
  readonly mentorShareReason?: string;
  /** Steps won by the mentor / all steps, 0..1. */
  readonly mentorStepShare: number;
  /** The last empty step included. */
  readonly steps: number;
  /** Joined, they are the text before stripping. */
  readonly segments: readonly { readonly source: Source; readonly text: string }[];
  readonly decisions: readonly DecisionResult[];
  readonly tokens: RunEnded['tokens'];
  readonly timeMs: number;
}

/** How a run ended that could not say it itself. */
export type Interruption = Pick<RunEnded, 'stop' | 'failure'>;

const BROKEN_OFF: Interruption = {
  stop: 'failed',
  failure: {
    code: 'protocol',
    message: 'The trace breaks off before the end of the run: the program that wrote it was ended in the middle.',
  },
};

/**
 * A run's result from its events. Where they have no end, `interruption` says how the run ended (it failed unless told
 * otherwise), and its numbers are the sums of the steps that are there.
 */
export function solveResult(events: readonly RunEvent[], interruption: Interruption = BROKEN_OFF): SolveResult {
  const view = viewRun(events);
  const ended = view.ended ?? { ...interruption, ...soFar(view, events) };
  const reason = whyShareIsZero(view.counts);
  return {
    text: view.text.trim(),
    answer: ended.answer,
    stop: ended.stop,
    ...(ended.failure && { failure: ended.failure }),
    mentorShare: ended.mentorShare,
    ...(reason !== null && { mentorShareReason: reason }),
    mentorStepShare: ended.mentorStepShare,
    steps: ended.steps,
    segments: view.segments.map(({ source, text }) => ({ source, text })),
    decisions: view.decisions.map(decisionResult),
    tokens: ended.tokens,
    timeMs: ended.timeMs,
  };
}

function decisionResult(decision: Decision): DecisionResult {
  return {
    step: decision.step,
    generatorWord: decision.generatorWord.text,
    mentorWord: decision.mentorWord.text,
    outcome: decision.outcome,
    ...(decision.generatorPatch && { generatorPatch: decision.generatorPatch.text }),
    ...(decision.mentorPatch && { mentorPatch: decision.mentorPatch.text }),
    ...(decision.score !== null && { score: decision.score }),
  };
}

type Totals = Omit<RunEnded, 'type' | 'usage' | 'stop' | 'failure'>;

function soFar({ text, counts }: RunView, events: readonly RunEvent[]): Totals {
  const usage = { generator: spent(events, 'generator'), mentor: spent(events, 'mentor') };
  const tokens = (author: Author): TokenCounts => ({
    accepted: counts.acceptedTokens[author],
    decoded: usage[author].decoded,
    prefilled: usage[author].prefilled,
  });
  return {
    answer: extractAnswer(text),
    steps: counts.steps,
    tokens: { generator: tokens('generator'), mentor: tokens('mentor') },
    mentorShare: counts.mentorShare,
    mentorStepShare: counts.steps === 0 ? 0 : counts.taken / counts.steps,
    timeMs: usage.generator.timeMs + usage.mentor.timeMs,
  };
}

/** The generator reads its prompt before the first step, so that no step's cost has it; the mentor within one. */
function spent(events: readonly RunEvent[], author: Author): Usage {
  const costs = events.flatMap((event) => {
    if (event.type === 'step-taken') return [event.cost[author]];
    const isOutsideSteps = event.type === 'prompt-read' && author === 'generator' && event.by === 'generator';
    return isOutsideSteps ? [event.cost] : [];
  });
  return costs.reduce(usageTogether, NO_USAGE);
}
