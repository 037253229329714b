import type { DecisionPolicy, ProbeReason } from '../decision/decisionPolicy.ts';
import { MentorCollabError } from '../errors.ts';
import type { ModelText, Word } from '../languageModel.ts';
import type { RunSettings } from '../runSettings.ts';
import { AheadLength } from './aheadLength.ts';
import type { RunText } from './runText.ts';

/** A step's word as the generator would write it, and what is decided of it. */
export interface OwnWord {
  readonly step: number;
  readonly word: Word;
  readonly decision: ProbeReason | 'ask-mentor' | null;
  /** The generator's tokens in the text before it. */
  readonly tokensBefore: number;
}

export interface OwnWordsOptions {
  readonly generator: ModelText;
  readonly decision: DecisionPolicy;
  /** The run's text; never changed here. */
  readonly text: RunText;
  readonly settings: Pick<RunSettings, 'decision' | 'maxTokens'>;
}

/**
 * The generator's words from the current step on. More than one where they were written ahead of a probe: then the generator's
 * committed text has all of them but the last, and a divergence takes it back. Everything is asked of the generator as it would
 * be one word after the other, so that what it says is the same.
 */
export class OwnWords {
  readonly #options: OwnWordsOptions;
  readonly #length: AheadLength;
  #queue: readonly OwnWord[] = [];
  /** Words of the stretch under way that was written ahead of a probe; 0 where none was. */
  #written = 0;
  /** Whether the current step's word is probed by itself, with nothing written ahead. */
  #isProbed = false;

  constructor(options: OwnWordsOptions) {
    this.#options = options;
    this.#length = new AheadLength(options.settings.decision);
  }

  /** Tokens of the run's text by the generator's count. */
  countTokens(): number {
    return this.#queue[0]?.tokensBefore ?? this.#options.generator.countTokens();
  }

  /** The words that are known, the current step's first. */
  get known(): readonly OwnWord[] {
    return this.#queue;
  }

  /** The current step's word. */
  async current(step: number): Promise<OwnWord> {
    const known = this.#queue[0];
    if (known) return known;
    const own = await this.#write(step, this.#options.text.text);
    this.#queue = [own];
    return own;
  }

  /**
   * Writes on behind the current step's word, which is about to be probed, as far as it pays and the run goes on; a stretch is
   * used up before another begins.
   *
   * @returns whether there is a stretch for the mentor to read; the caller tells what became of it by `keep` and `drop`.
   */
  async writeAhead(): Promise<boolean> {
    if (this.#written > 0) return true;
    const words = this.#length.words;
    this.#isProbed = true;
    if (words === 0) return false;
    const text = this.#options.text.copy();
    for (let last = this.#queue[0]; last !== undefined && this.#queue.length < words;) {
      const next = await this.#writeBehind(last, text);
      if (next) this.#queue = [...this.#queue, next];
      last = next ?? undefined;
    }
    this.#written = this.#queue.length;
    return true;
  }

  /** The current step's word was taken. */
  keep(): void {
    const [own, ...rest] = this.#queue;
    this.#queue = rest;
    if (rest.length > 0) return;
    if (own) this.#options.generator.append(own.word.text);
    this.#endStretch(true);
  }

  /** Something else is taken in the place of the current step's word, so that no known word holds. */
  drop(): void {
    if (this.#queue.length > 1) this.#options.generator.rewind(this.#options.text.text.length);
    this.#endStretch(false);
    this.#queue = [];
  }

  #endStretch(agreed: boolean): void {
    if (this.#written > 0) this.#length.note(this.#written - this.#queue.length, this.#written);
    else if (this.#isProbed) this.#length.noteProbe(agreed);
    this.#written = 0;
    this.#isProbed = false;
  }

  /** Null where the run would end before another word, or the generator has no room for it. */
  async #writeBehind(last: OwnWord, text: RunText): Promise<OwnWord | null> {
    const { generator, settings } = this.#options;
    const { word } = last;
    if (text.take({ source: 'generator', text: word.text, tokens: word.pieces.length }) !== null) return null;
    const length = text.text.length - word.text.length;
    generator.append(word.text);
    if (generator.countTokens() < settings.maxTokens) {
      const next = await this.#write(last.step + 1, text.text).catch(unlessFull);
      if (next) return next;
    }
    generator.rewind(length);
    return null;
  }

  async #write(step: number, before: string): Promise<OwnWord> {
    const { generator, decision } = this.#options;
    const tokensBefore = generator.countTokens();
    const word = await generator.nextWord({
      entropy: decision.needsEntropy(step),
      // Known one step ahead, so that it is measured while the word before is written.
      nextEntropy: decision.needsEntropy(step + 1),
    });
    return { step, word, decision: decision.decide({ step, word, before }), tokensBefore };
  }
}

/** A context that is full ahead of the run is no failure before the run has come so far. */
function unlessFull(thrown: unknown): null {
  if (thrown instanceof MentorCollabError && thrown.code === 'context-full') return null;
  throw thrown;
}
