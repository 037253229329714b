import type { DecisionPolicy } from '../decision/decisionPolicy.ts';
import { createDecisionPolicy } from '../decision/createDecisionPolicy.ts';
import { asMentorCollabError, cancelledError, MentorCollabError } from '../errors.ts';
import { extractAnswer } from '../answer/extractAnswer.ts';
import type { CancelSignal, ModelText, Patch, Usage, Word } from '../languageModel.ts';
import { NO_USAGE, usageBetween } from '../languageModel.ts';
import type { PatchDrafted, PromptRead, RunEnded, RunEvent, StepTaken, StopReason, UsageByRole } from '../runEvent.ts';
import type { RunSettings } from '../runSettings.ts';
import { seededRandom } from '../randomSource.ts';
import type { Author } from '../verification/verdict.ts';
import type { VerificationPolicy } from '../verification/verificationPolicy.ts';
import { createVerificationPolicy } from '../verification/createVerificationPolicy.ts';
import { RunText } from './runText.ts';

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
  readonly signal: CancelSignal;
  /** A clock in milliseconds; only differences are used. */
  readonly now: () => number;
}

/** What a step decided, before the text has changed. */
type Taken = Pick<StepTaken, 'source' | 'text' | 'tokens' | 'word'>;

/**
 * MentorCollab's loop (arXiv 2602.05307; the steps of method.md): the generator writes word by word, the mentor is
 * probed where the decision policy says, and where they diverge the verifier keeps one of two patches.
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
  readonly #verify: VerificationPolicy;
  readonly #text: RunText;
  readonly #startedMs: number;
  #step = 0;
  #mentorHasRead = false;

  constructor(input: ReasonInput) {
    this.#input = input;
    this.#decision = createDecisionPolicy(input.settings.decision, seededRandom(input.settings.seed));
    this.#verify = createVerificationPolicy(input.settings.verification, input.settings.seed);
    this.#text = new RunText(input.settings.stopStrings);
    this.#startedMs = input.now();
  }

  async *steps(): AsyncGenerator<RunEvent, StopReason, void> {
    const { generator, settings } = this.#input;
    yield await this.#readPrompt('generator', generator);
    const ended = yield* this.#open(this.#input.opening ?? []);
    if (ended) return ended;
    for (;;) {
      if (this.#input.signal.aborted) throw cancelledError();
      if (generator.countTokens() >= settings.maxTokens) return 'maxTokens';
      const before = this.#usage();
      const taken = yield* this.#takeStep();
      const stop = this.#text.take(taken);
      if (!this.#text.lastWasDropped) this.#append(taken.text);
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

  async *#takeStep(): AsyncGenerator<RunEvent, Taken, void> {
    const { generator } = this.#input;
    const step = this.#step;
    const word = await generator.nextWord({
      entropy: this.#decision.needsEntropy(step),
      // Known one step ahead, so that it is measured while the word before is written.
      nextEntropy: this.#decision.needsEntropy(step + 1),
    });
    const reason = this.#decision.decide({ step, word, before: this.#text.text });
    const own: Taken = { source: 'generator', text: word.text, tokens: word.pieces.length, word };
    if (reason === null) return own;
    const mentor = this.#mentorToProbe();
    if (!this.#mentorHasRead) yield await this.#readPrompt('mentor', mentor);
    this.#mentorHasRead = true;
    const mentorWord = await mentor.nextWord({ entropy: true });
    const agreed = mentorWord.text === word.text;
    yield { type: 'mentor-probed', step, reason, generatorWord: word, mentorWord, agreed };
    return agreed ? { ...own, source: 'agreed' } : yield* this.#settleDivergence(mentor, mentorWord, own);
  }

  async *#settleDivergence(mentor: ModelText, mentorWord: Word, own: Taken): AsyncGenerator<RunEvent, Taken, void> {
    const { generator } = this.#input;
    const ours = await this.#draft('generator', generator, own.word);
    yield ours;
    const theirs = await this.#draft('mentor', mentor, mentorWord);
    yield theirs;
    const verdict = await this.#verify({
      verifier: this.#input.verifier ?? generator,
      patches: { generator: ours.patch.text, mentor: theirs.patch.text },
      words: { generator: own.word, mentor: mentorWord },
      step: this.#step,
    });
    yield { type: 'patch-verified', step: this.#step, ...verdict };
    const { patch } = verdict.winner === 'mentor' ? theirs : ours;
    return { source: verdict.winner, text: patch.text, tokens: patch.pieces.length, word: own.word };
  }

  /** The probed word is the whole patch where the settings say so: it is decoded already. */
  async #draft(by: Author, model: ModelText, word: Word): Promise<PatchDrafted> {
    const { patchLength, patchTokens } = this.#input.settings;
    const patch = patchLength === 'word' ? patchOf(word) : await model.draft(patchTokens);
    return { type: 'patch-drafted', step: this.#step, by, patch };
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

function patchOf({ text, pieces }: Word): Patch {
  return { text, pieces, endsTurn: pieces.length === 0 };
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
