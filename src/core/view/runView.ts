import type { ProbeReason } from '../decision/decisionPolicy.ts';
import type { LetterChoice, Patch, Word } from '../languageModel.ts';
import type { PatchVerified, RunEnded, RunEvent, Source, StepTaken } from '../runEvent.ts';

/** What became of a probe: both said the same, the generator's patch was kept, or the mentor's was taken. */
export type Outcome = 'agreed' | 'keptGenerator' | 'tookMentor';

/** One step's text in a run; all segments joined are the text before stripping. */
export interface Segment {
  readonly step: number;
  readonly source: Source;
  readonly text: string;
  /** Offset of the segment's first character in the text, in UTF-16 units. */
  readonly start: number;
}

/** One probe with everything known of it. */
export interface Decision {
  readonly step: number;
  readonly reason: ProbeReason;
  readonly generatorWord: Word;
  /** Null where the mentor was asked for its score of the generator's patch, and for no word. */
  readonly mentorWord: Word | null;
  readonly outcome: Outcome;
  /** Both null when the words agreed. */
  readonly generatorPatch: Patch | null;
  /** Null as well where the generator's was kept by its score alone. */
  readonly mentorPatch: Patch | null;
  /** Log-odds for the mentor in nats, positive towards the mentor; null when no verifier was asked. */
  readonly score: number | null;
  /** The verification sentence as sent; null when no verifier was asked. */
  readonly suffix: string | null;
  readonly choice: LetterChoice | null;
  readonly cost: StepTaken['cost'];
}

/** Running totals of a run. */
export interface RunCounts {
  readonly steps: number;
  readonly probes: number;
  readonly agreed: number;
  /** Probes that were decided between patches; of those that ask for a score, all. */
  readonly divergences: number;
  readonly taken: number;
  /** Accepted tokens by author; agreed words are the generator's. */
  readonly acceptedTokens: { readonly generator: number; readonly mentor: number };
  /** Accepted mentor tokens / all accepted tokens, 0..1. */
  readonly mentorShare: number;
}

/** Everything that is shown of a run, derived from its events alone. */
export interface RunView {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly decisions: readonly Decision[];
  /** Every step, empty and dropped ones included; its index is its number. */
  readonly steps: readonly StepTaken[];
  readonly counts: RunCounts;
  /** Null while the run goes on, and for a file that breaks off. */
  readonly ended: RunEnded | null;
}

/** What has been told of the step that is under way. */
type Pending = Partial<{
  probed: Extract<RunEvent, { type: 'mentor-probed' }>;
  generatorPatch: Patch;
  mentorPatch: Patch;
  verified: PatchVerified;
}>;

const NO_COUNTS: RunCounts = {
  steps: 0,
  probes: 0,
  agreed: 0,
  divergences: 0,
  taken: 0,
  acceptedTokens: { generator: 0, mentor: 0 },
  mentorShare: 0,
};

/** Builds a {@link RunView} event by event; cheap per event, whatever the run's length. */
export class RunViewBuilder {
  #text = '';
  readonly #segments: Segment[] = [];
  readonly #decisions: Decision[] = [];
  readonly #steps: StepTaken[] = [];
  #counts = NO_COUNTS;
  #ended: RunEnded | null = null;
  #pending: Pending = {};

  /** Adds one event; a decision appears with its step's end. */
  add(event: RunEvent): void {
    switch (event.type) {
      case 'prompt-read':
        return;
      case 'mentor-probed':
        this.#pending = { probed: event };
        return;
      case 'patch-drafted':
        this.#pending =
          event.by === 'generator'
            ? { ...this.#pending, generatorPatch: event.patch }
            : { ...this.#pending, mentorPatch: event.patch };
        return;
      case 'patch-verified':
        this.#pending = { ...this.#pending, verified: event };
        return;
      case 'step-taken':
        this.#take(event);
        return;
      case 'run-ended':
        this.#ended = event;
    }
  }

  /** The view so far; its arrays are the builder's own and grow with it. */
  view(): RunView {
    return {
      text: this.#text,
      segments: this.#segments,
      decisions: this.#decisions,
      steps: this.#steps,
      counts: this.#counts,
      ended: this.#ended,
    };
  }

  #take(event: StepTaken): void {
    const decision = decisionOf(this.#pending, event);
    this.#pending = {};
    if (decision) this.#decisions.push(decision);
    this.#steps.push(event);
    if (!event.dropped && event.text !== '') {
      this.#segments.push({ step: event.step, source: event.source, text: event.text, start: this.#text.length });
      this.#text += event.text;
    }
    this.#counts = countStep(this.#counts, event, decision);
  }
}

/** The view of a whole list of events. */
export function viewRun(events: Iterable<RunEvent>): RunView {
  const builder = new RunViewBuilder();
  for (const event of events) builder.add(event);
  return builder.view();
}

const OUTCOMES: Readonly<Record<Source, Outcome>> = {
  agreed: 'agreed',
  generator: 'keptGenerator',
  mentor: 'tookMentor',
};

function decisionOf(pending: Pending, event: StepTaken): Decision | null {
  const { probed, verified } = pending;
  if (!probed) return null;
  return {
    step: event.step,
    reason: probed.reason,
    generatorWord: probed.generatorWord,
    mentorWord: probed.mentorWord,
    outcome: OUTCOMES[event.source],
    generatorPatch: pending.generatorPatch ?? null,
    mentorPatch: pending.mentorPatch ?? null,
    score: verified?.score ?? null,
    suffix: verified?.suffix ?? null,
    choice: verified?.choice ?? null,
    cost: event.cost,
  };
}

function countStep(counts: RunCounts, event: StepTaken, decision: Decision | null): RunCounts {
  const author = event.source === 'mentor' ? 'mentor' : 'generator';
  const tokens = event.dropped ? 0 : event.tokens;
  const acceptedTokens = { ...counts.acceptedTokens, [author]: counts.acceptedTokens[author] + tokens };
  const all = acceptedTokens.generator + acceptedTokens.mentor;
  return {
    steps: counts.steps + 1,
    probes: counts.probes + (decision ? 1 : 0),
    agreed: counts.agreed + (decision?.outcome === 'agreed' ? 1 : 0),
    divergences: counts.divergences + (decision && decision.outcome !== 'agreed' ? 1 : 0),
    taken: counts.taken + (decision?.outcome === 'tookMentor' ? 1 : 0),
    acceptedTokens,
    mentorShare: all === 0 ? 0 : acceptedTokens.mentor / all,
  };
}
