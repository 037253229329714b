import { MentorCollabError } from '../../core/errors.ts';
import type { AheadWord, TextScore, Word } from '../../core/languageModel.ts';
import type { EchoApi } from './completion.ts';
import { EchoedText } from './echoedText.ts';
import { withoutSpecials } from './plainSpecials.ts';
import type { PromptRequests } from './promptRequests.ts';
import { SentText } from './sentText.ts';

/** Likeliest tokens where the end of a turn has to be among them. */
const TOP_OF_END = 20;
export interface EchoMemoryOptions {
  readonly api: EchoApi;
  readonly requests: PromptRequests;
  readonly promptAsSent: string;
  /** Tokens that asking for a word writes: words that they would be anyway are not worth a request that reads them. */
  readonly aheadTokens: number;
  /** A special token by which the server tells the end of a turn only in prompts; null where it tells it in answers. */
  readonly endText: string | null;
}

/** What a server has told of texts that it was given. What is known hangs on the text alone, so that it stays true whatever is committed. */
export class EchoMemory {
  readonly #options: EchoMemoryOptions;
  #last: EchoedText | null = null;
  /** Length from which on what is sent is refused. */
  #refusedFrom = Infinity;

  constructor(options: EchoMemoryOptions) {
    this.#options = options;
  }

  /** The word that the model writes behind a text, where it is certain; else null. */
  wordBehind(text: string): Word | null {
    return this.#last?.wordBehind(text) ?? null;
  }

  /**
   * Lets the server read words behind a text in one request, where that can save more requests than it costs.
   *
   * @param isKnown - whether the model's word behind a text is known already.
   */
  async readAhead(text: string, words: readonly AheadWord[], isKnown: (before: string) => boolean): Promise<void> {
    const read = words.slice(0, words.findLastIndex(({ asked }) => asked !== null) + 1);
    const added = read.map((word) => word.text).join('');
    if (this.#last?.covers(text + added, text.length)) return;
    if (unknownStretch(text, read, isKnown) < this.#options.aheadTokens) return;
    const sent = this.#sentText(text + added);
    // Words asked for one by one are sent as they are.
    if (!sent.sent.endsWith(withoutSpecials(text) + added) || sent.sent.length >= this.#refusedFrom) return;
    try {
      const echo = await this.#options.requests.echo(this.#options.api, sent);
      this.#last = EchoedText.of(sent, text.length, echo);
      if (this.#last === null) this.#refusedFrom = 0;
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      // Asked one by one, the words may still be answered.
      this.#refusedFrom = thrown.code === 'context-full' ? sent.sent.length : 0;
    }
  }

  /**
   * How likely the model holds a text behind another.
   *
   * @returns null where the server does not tell it of this text.
   */
  async score(before: string, text: string, asksEnd: boolean): Promise<TextScore | null> {
    const known = asksEnd ? null : (this.#last?.score(before + text, before.length) ?? null);
    if (known) return { pieces: known, endLogProbability: null };
    const { endText } = this.#options;
    const withEnd = asksEnd && endText !== null ? await this.#ask(before, text, { behind: endText, asksEnd }) : null;
    return withEnd ?? this.#ask(before, text, { behind: '', asksEnd });
  }

  async #ask(before: string, text: string, { behind, asksEnd }: { behind: string; asksEnd: boolean }) {
    const { api, requests } = this.#options;
    const sent = this.#sentText(before + text, behind);
    const echoed = EchoedText.of(sent, before.length, await requests.echo(api, sent, asksEnd ? TOP_OF_END : undefined));
    const pieces = echoed?.score(before + text, before.length) ?? null;
    return pieces && { pieces, endLogProbability: asksEnd ? (echoed?.endLogProbability ?? null) : null };
  }

  #sentText(answer: string, behind?: string): SentText {
    return new SentText(this.#options.promptAsSent, answer, behind);
  }
}

/** Words from the first to the last one that has to be asked for; each has a token at least. */
function unknownStretch(text: string, words: readonly AheadWord[], isKnown: (before: string) => boolean): number {
  let before = text;
  let [first, last] = [0, -1];
  for (const [index, word] of words.entries()) {
    if (word.asked !== null && !isKnown(before)) {
      if (last < 0) first = index;
      last = index;
    }
    before += word.text;
  }
  return last - first + 1;
}

function isRefusal(thrown: unknown): thrown is MentorCollabError {
  const codes = ['context-full', 'server-refused', 'protocol'];
  return thrown instanceof MentorCollabError && codes.includes(thrown.code);
}
