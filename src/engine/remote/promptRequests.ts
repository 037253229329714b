import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { CancelSignal, Usage } from '../../core/languageModel.ts';
import { AbortLink } from '../../models/abortLink.ts';
import type { Completion, CompletionApi, Echo, EchoApi } from './completion.ts';
import { RemoteUsage } from './remoteUsage.ts';
import { SentText } from './sentText.ts';

/** Likeliest tokens at each place of words and patches. */
const TOP_OF_PIECES = 5;
/** Tokens asked for where one word is wanted: most words have one or two, and the one after tells that it ends. */
const TOKENS_OF_WORD = 6;

export interface PromptRequestsOptions {
  readonly api: CompletionApi;
  /** Null where the server does not tell the log-probabilities of a prompt. */
  readonly echo: EchoApi | null;
  /** As it goes to the server. */
  readonly promptAsSent: string;
  /** Most log-probabilities the server tells at a place; 0: none. */
  readonly topLogProbabilities: number;
  readonly signal: CancelSignal;
}

/** What one text asks of its server, and what that has cost. Each request sends the prompt and some text behind it. */
export class PromptRequests {
  readonly #options: PromptRequestsOptions;
  readonly #usage = new RemoteUsage();
  #isClosed = false;

  constructor(options: PromptRequestsOptions) {
    this.#options = options;
  }

  get usage(): Usage {
    return this.#usage.totals;
  }

  /** Every later question throws. */
  close(): void {
    this.#isClosed = true;
  }

  /** Up to so many tokens behind a text, with `top` of the likeliest at each place. */
  write(text: string, tokens: number, top: number = TOP_OF_PIECES): Promise<Completion> {
    const { sent } = new SentText(this.#options.promptAsSent, text);
    return this.#ask(async (signal) => {
      const request = { prompt: sent, maxTokens: tokens, top: this.#mostOf(top), signal };
      const written = await this.#options.api.complete(request);
      this.#check();
      this.#usage.add(sent, written, false);
      return written;
    });
  }

  /** As {@link write}. Some servers refuse to begin what their context could not hold to its end; then less is asked for. */
  async writeAsFits(text: string, tokens: number): Promise<Completion> {
    try {
      return await this.write(text, tokens);
    } catch (thrown) {
      const isFull = thrown instanceof MentorCollabError && thrown.code === 'context-full';
      if (!isFull || tokens === 1) throw thrown;
      return this.writeAsFits(text, tokens > TOKENS_OF_WORD ? TOKENS_OF_WORD : 1);
    }
  }

  /** The tokens of what is sent, and the one behind it. */
  echo(api: EchoApi, text: SentText, top: number = TOP_OF_PIECES): Promise<Echo> {
    return this.#ask(async (signal) => {
      const echo = await api.echo({ prompt: text.sent, top: this.#mostOf(top), signal });
      this.#check();
      this.#usage.add(text.sent, echo.written, true);
      return echo;
    });
  }

  /** Does some work of the text's, unless it is closed or aborted, and counts its time. */
  async timed<T>(work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    try {
      this.#check();
      return await work();
    } finally {
      this.#usage.addTime(performance.now() - startedMs);
    }
  }

  async #ask<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const link = new AbortLink(this.#options.signal);
    try {
      return await ask(link.signal);
    } finally {
      link.release();
    }
  }

  #mostOf(top: number): number {
    return Math.min(top, this.#options.topLogProbabilities);
  }

  #check(): void {
    if (this.#isClosed) throw new MentorCollabError('internal', 'This text was closed when another was opened.');
    if (this.#options.signal.aborted) throw cancelledError();
  }
}
