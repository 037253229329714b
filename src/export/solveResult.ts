import type { ErrorCode } from '../core/errors.ts';
import type { RunEnded, RunEvent, Source, StopReason } from '../core/runEvent.ts';
import type { Decision, Outcome } from '../core/view/runView.ts';
import { viewRun } from '../core/view/runView.ts';
import type { Interruption } from '../core/view/brokenRunEnd.ts';
import { brokenRunEnd } from '../core/view/brokenRunEnd.ts';
import { whyShareIsZero } from '../core/view/shareReason.ts';

/** One probe, in short. */
export interface DecisionResult {
  readonly step: number;
  readonly generatorWord: string;
  /** Missing where the mentor was asked for its score of the generator's patch, and for no word. */
  readonly mentorWord?: string;
  readonly outcome: Outcome;
  /** Both missing when the words agreed. */
  readonly generatorPatch?: string;
  /** Missing as well where the generator's was kept by its score. */
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
  const ended = view.ended ?? brokenRunEnd(events, interruption);
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
    ...(decision.mentorWord && { mentorWord: decision.mentorWord.text }),
    outcome: decision.outcome,
    ...(decision.generatorPatch && { generatorPatch: decision.generatorPatch.text }),
    ...(decision.mentorPatch && { mentorPatch: decision.mentorPatch.text }),
    ...(decision.score !== null && { score: decision.score }),
  };
}
