import type { DecisionPolicy, ProbeReason } from '../decision/decisionPolicy.ts';
import { createDecisionPolicy } from '../decision/createDecisionPolicy.ts';
import { asMentorCollabError, cancelledError, MentorCollabError } from '../errors.ts';
import { extractAnswer } from '../answer/extractAnswer.ts';
import type { CancelSignal, ModelText, Usage, Word } from '../languageModel.ts';
import { NO_USAGE, usageBetween } from '../languageModel.ts';
import type { PromptRead, RunEnded, RunEvent, StopReason, UsageByRole } from '../runEvent.ts';
import type { RunSettings } from '../runSettings.ts';
import { seededRandom } from '../randomSource.ts';
import type { Author } from '../verification/verdict.ts';
import type { DecisionEvidence } from '../verification/decisionEvidence.ts';
import type { Judges, VerificationPolicy } from '../verification/verificationPolicy.ts';
import { createVerificationPolicy } from '../verification/createVerificationPolicy.ts';
import { DraftPace } from './draftPace.ts';
import { Drafts } from './drafts.ts';
import { OwnWords } from './ownWords.ts';
import { RunText } from './runText.ts';
import type { OpenStep, Taken } from './settleStep.ts';
import { settleByScore, settleDivergence } from './settleStep.ts';

/** What a run needs; both texts are freshly opened on the same question. */
export interface ReasonInput {
  readonly generator: ModelText;
  /** Null for a run without a mentor, which then must never probe. */
  readonly mentor: ModelText | null;
  /** A third model's text on the same question; null (default) where the generator verifies, as in the paper. */
  readonly verifier?: ModelText | null;
  readonly settings: RunSettings;
  /** What a branch opens with (`openBranch`): events of whole steps from 0 on, told again before the loop goes on behind them. */
  readonly opening?: readonly RunEvent[];
  /** Verifiers that were trained; default none. */
  readonly judges?: Judges;
  /** Told of each divergence before it is settled; default nobody, since the evidence takes several more passes. */
  readonly onEvidence?: (evidence: DecisionEvidence) => void;
  /** What is known of how these models draft on this machine; default nothing yet. */
  readonly pace?: DraftPace;
  readonly signal: CancelSignal;
  /** A clock in milliseconds; only differences are used. */
  readonly now: () => number;
}

/**
 * MentorCollab's loop (arXiv 2602.05307; the steps of method.md): the generator writes word by word, the mentor is
 * probed where the decision policy says, and where they diverge the verifier keeps one of two patches. Where the settings
 * say so, a probe asks the mentor for no word, but for its score of the generator's patch.
 *
 * The last event is always `run-ended`, after an error (`failed`) and after a cancellation (`cancelled`) too, with
 * everything written until then in the `step-taken` events before it. The generator never throws.
 */
export async function* reason(input: ReasonInput): AsyncGenerator<RunEvent, void, void> {
  const run = new Run(input);
  try {
    const stop = yield* run.steps();
    yield run.ended(stop, null);
  } catch (thrown) {
    const error = asMentorCollabError(thrown);
    yield error.code === 'cancelled' ? run.ended('cancelled', null) : run.ended('failed', error);
  }
}

class Run {
  readonly #input: ReasonInput;
  readonly #decision: DecisionPolicy;
  /** Null where the mentor scores the generator's patch, so that there are no two to choose from. */
  readonly #verify: VerificationPolicy | null;
  readonly #drafts: Drafts;
  readonly #text: RunText;
  readonly #own: OwnWords;
  readonly #startedMs: number;
  #step = 0;
  #mentorHasRead = false;

  constructor(input: ReasonInput) {
    const { generator, settings } = input;
    this.#input = input;
    this.#decision = createDecisionPolicy(settings.decision, seededRandom(settings.seed));
    const judges = input.judges ?? { mlp: null, logistic: null };
    const { verification, seed } = settings;
    this.#verify = verification === 'score' ? null : createVerificationPolicy(verification, { seed, judges });
    this.#drafts = new Drafts(settings, input.pace ?? new DraftPace(), input.now);
    this.#text = new RunText(settings.stopStrings);
    this.#own = new OwnWords({ generator, decision: this.#decision, text: this.#text, settings });
    this.#startedMs = input.now();
  }

  async *steps(): AsyncGenerator<RunEvent, StopReason, void> {
    const { generator, settings } = this.#input;
    yield await this.#readPrompt('generator', generator);
    const ended = yield* this.#open(this.#input.opening ?? []);
    if (ended) return ended;
    for (;;) {
      if (this.#input.signal.aborted) throw cancelledError();
      if (this.#own.countTokens() >= settings.maxTokens) return 'maxTokens';
      const before = this.#usage();
      const taken = yield* this.#takeStep();
      const stop = this.#take(taken);
      yield {
        type: 'step-taken',
        step: this.#step++,
        ...taken,
        dropped: this.#text.lastWasDropped,
        cost: costBetween(before, this.#usage()),
      };
      if (stop) return stop;
    }
  }

  /** Takes over steps that are decided already; the policy sees them too, so that it goes on as if it had decided them. */
  *#open(events: readonly RunEvent[]): Generator<RunEvent, StopReason | null, void> {
    let text = '';
    let stop: StopReason | null = null;
    for (const event of events) {
      yield event;
      if (event.type !== 'step-taken') continue;
      this.#decision.decide({ step: this.#step++, word: event.word, before: this.#text.text });
      stop = this.#text.take(event);
      if (!this.#text.lastWasDropped) text += event.text;
      if (stop) break;
    }
    // At once, since each append tokenises the text as a whole.
    this.#append(text);
    return stop;
  }

  /** Takes a step's text into the run and into what the models know of it. */
  #take(taken: Taken): StopReason | null {
    // A divergence has dropped the generator's own words, whoever won it.
    const isOwn = this.#own.known.length > 0;
    const stop = this.#text.take(taken);
    if (this.#text.lastWasDropped) return stop;
    if (isOwn) {
      this.#own.keep();
      this.#appendToOthers(taken.text);
    } else this.#append(taken.text);
    return stop;
  }

  async *#takeStep(): AsyncGenerator<RunEvent, Taken, void> {
    const step = this.#step;
    const { word, decision } = await this.#own.current(step);
    const own: Taken = { source: 'generator', text: word.text, tokens: word.pieces.length, word };
    if (decision === null) return own;
    const mentor = this.#mentorToProbe();
    if (!this.#mentorHasRead) yield await this.#readPrompt('mentor', mentor);
    this.#mentorHasRead = true;
    await this.#readAhead(mentor);
    const reason = decision === 'ask-mentor' ? await this.#decideByMentor(mentor, word) : decision;
    if (reason === null) return own;
    const open = this.#openStep(mentor, word);
    if (!this.#verify) {
      yield { type: 'mentor-probed', step, reason, generatorWord: word, mentorWord: null, agreed: false };
      this.#own.drop();
      return yield* settleByScore(open);
    }
    const mentorWord = await mentor.nextWord({ entropy: true });
    const agreed = mentorWord.text === word.text;
    yield { type: 'mentor-probed', step, reason, generatorWord: word, mentorWord, agreed };
    if (agreed) return { ...own, source: 'agreed' };
    this.#own.drop();
    return yield* settleDivergence(open, mentorWord, this.#verify);
  }

  #openStep(mentor: ModelText, word: Word): OpenStep {
    const { generator, verifier = null, onEvidence = null } = this.#input;
    return { step: this.#step, models: { generator, mentor }, verifier, drafts: this.#drafts, word, onEvidence };
  }

  /** Lets the mentor read several words in one pass where the settings allow it, so that it answers for them from memory. */
  async #readAhead(mentor: ModelText): Promise<void> {
    // Where the mentor scores, its own words are not asked for.
    if (!this.#input.settings.readAhead || !this.#verify || !(await this.#own.writeAhead())) return;
    await mentor.readAhead(
      this.#own.known.map(({ word, decision }) => ({
        text: word.text,
        asked: decision === null ? null : { entropy: decision !== 'ask-mentor' },
      })),
    );
  }

  async #decideByMentor(mentor: ModelText, word: Word): Promise<ProbeReason | null> {
    const mentorWord = await mentor.nextWord({ entropy: false });
    // It expects what it would have written itself.
    if (mentorWord.text === word.text || !this.#decision.decideByMentor) return null;
    // An end of the turn that a server does not list is at most as likely as the last one that it does.
    const unlisted = mentorWord.candidates.at(-1)?.logProbability ?? 0;
    return this.#decision.decideByMentor({
      ownLogProbability: (await wordLogProbability(mentor, mentorWord.text)) ?? 0,
      otherLogProbability: (await wordLogProbability(mentor, word.text)) ?? unlisted,
    });
  }

  async #readPrompt(by: Author, model: ModelText): Promise<PromptRead> {
    const startedMs = this.#input.now();
    const before = model.usage();
    await model.readPrompt();
    const cost = usageBetween(before, model.usage());
    return { type: 'prompt-read', by, tokens: model.promptTokens, timeMs: this.#input.now() - startedMs, cost };
  }

  #mentorToProbe(): ModelText {
    if (this.#input.mentor) return this.#input.mentor;
    throw new MentorCollabError(
      'bad-input',
      'This run has no mentor to probe. Choose a mentor, or the decision policy "never".',
    );
  }

  #append(text: string): void {
    if (text === '') return;
    this.#input.generator.append(text);
    this.#appendToOthers(text);
  }

  #appendToOthers(text: string): void {
    if (text === '') return;
    this.#input.mentor?.append(text);
    this.#input.verifier?.append(text);
  }

  #usage(): UsageByRole {
    const { generator, mentor, verifier } = this.#input;
    return {
      generator: generator.usage(),
      mentor: mentor?.usage() ?? NO_USAGE,
      ...(verifier && { verifier: verifier.usage() }),
    };
  }

  ended(stop: StopReason, error: MentorCollabError | null): RunEnded {
    const usage = this.#usage();
    const accepted = this.#text.accepted;
    const all = accepted.generator + accepted.mentor;
    return {
      type: 'run-ended',
      stop,
      failure: error && { code: error.code, message: error.message },
      answer: extractAnswer(this.#text.text),
      steps: this.#step,
      tokens: {
        generator: counts(accepted.generator, usage.generator),
        mentor: counts(accepted.mentor, usage.mentor),
        ...(usage.verifier && { verifier: counts(0, usage.verifier) }),
      },
      mentorShare: all === 0 ? 0 : accepted.mentor / all,
      mentorStepShare: this.#step === 0 ? 0 : this.#text.mentorSteps / this.#step,
      usage,
      timeMs: this.#input.now() - this.#startedMs,
    };
  }
}

/** What a model's own text makes of a word, in nats: of the end of the turn where it is empty; null where that is not told. */
async function wordLogProbability(model: ModelText, word: string): Promise<number | null> {
  const { pieces, endLogProbability } = await model.score(word, word === '');
  return word === '' ? endLogProbability : pieces.reduce((sum, { logProbability }) => sum + logProbability, 0);
}

function costBetween(before: UsageByRole, after: UsageByRole): UsageByRole {
  return {
    generator: usageBetween(before.generator, after.generator),
    mentor: usageBetween(before.mentor, after.mentor),
    ...(after.verifier && { verifier: usageBetween(before.verifier ?? NO_USAGE, after.verifier) }),
  };
}

function counts(accepted: number, usage: Usage): RunEnded['tokens']['generator'] {
  return { accepted, decoded: usage.decoded, prefilled: usage.prefilled };
}
