import { once } from 'node:events';
import { cancelledError, MentorCollabError } from '../../../src/core/errors.ts';
import type { AbortNotifier, ChatMessage } from '../../../src/core/languageModel.ts';
import type {
  CompletionEnd,
  CompletionListener,
  CompletionRequest,
  ModelUse,
  PlacedToken,
  ServedFacts,
  ServingEngine,
  TokenForm,
  TokenizeOptions,
} from '../../../src/engine/serving/servingEngine.ts';
import { ScriptedEngine } from '../scriptedEngine.ts';

/** What a scripted model writes: texts of tokens, bytes of tokens that cut a character, and how it goes on. */
export type Script = readonly (string | Uint8Array)[];

/**
 * An engine for an endpoint that writes a script, whatever it is asked. Prompts are tokenised by the character.
 * With `waits`, a completion stands still behind its script until it is aborted or released.
 */
export class ScriptedServing implements ServingEngine {
  readonly runs: ScriptedEngine;
  readonly requests: CompletionRequest[] = [];
  /** How many completions have been cancelled. */
  cancelled = 0;
  script: Script = ['Hel', 'lo', ' you'];
  waits = false;
  /** Thrown by each completion in place of an answer. */
  failure: Error | null = null;
  readonly #released = new AbortController();
  readonly #standing = new EventTarget();

  constructor(runs: ScriptedEngine = new ScriptedEngine([])) {
    this.runs = runs;
  }

  /** Lets completions that stand still end. */
  release(): void {
    this.waits = false;
    this.#released.abort();
  }

  /** Resolves when the next completion stands still. */
  async nextStandstill(): Promise<void> {
    await once(this.#standing, 'standstill');
  }

  inspect({ source }: ModelUse, onProgress: (fraction: number) => void): Promise<ServedFacts> {
    onProgress(1);
    return Promise.resolve({
      facts: {
        name: 'scripted',
        path: source.path,
        server: null,
        sha256: null,
        architecture: null,
        quantization: null,
        parameters: 7,
        bytes: 9,
        contextSize: 512,
      },
      chatTemplate: '{{ messages }}',
      bosWord: '<s>',
      eosWord: '</s>',
    });
  }

  async complete(
    request: CompletionRequest,
    listener: CompletionListener,
    signal: AbortNotifier,
  ): Promise<CompletionEnd> {
    this.requests.push(request);
    if (this.failure) throw this.failure;
    listener.onPrompt(promptTokens(request), 1);
    const decoder = new TextDecoder('utf-8');
    const script = request.maxTokens === null ? this.script : this.script.slice(0, request.maxTokens);
    for (const [index, one] of script.entries()) {
      const bytes = typeof one === 'string' ? new TextEncoder().encode(one) : one;
      const text = decoder.decode(bytes, { stream: true });
      if (listener.onToken(placed(index + 1, bytes, text)) === 'stop') return 'stopped';
    }
    if (this.waits) await this.standStill(signal);
    return script.length < this.script.length ? 'maxTokens' : 'endOfTurn';
  }

  /** Stands still until it is released, or aborted: then it throws as a completion does. */
  async standStill(signal: AbortNotifier): Promise<void> {
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', resolve);
      this.#released.signal.addEventListener('abort', () => {
        resolve();
      });
      this.#standing.dispatchEvent(new Event('standstill'));
    });
    if (!signal.aborted) return;
    this.cancelled += 1;
    throw cancelledError();
  }

  tokenize(_use: ModelUse, text: string, options: TokenizeOptions): Promise<readonly TokenForm[]> {
    const forms = Array.from(text, (letter) => formOf(letter));
    return Promise.resolve(
      options.addsBos ? [{ id: 1, bytes: new Uint8Array(), controlWord: '<s>' }, ...forms] : forms,
    );
  }

  detokenize(_use: ModelUse, tokens: readonly number[]): Promise<string> {
    if (tokens.some((token) => token > 0x10_ff_ff)) {
      return Promise.reject(new MentorCollabError('bad-input', 'There is no such token.'));
    }
    return Promise.resolve(String.fromCodePoint(...tokens));
  }

  renderChat(_use: ModelUse, messages: readonly ChatMessage[]): Promise<string> {
    return Promise.resolve(messages.map(({ role, content }) => `[${role}]${content}`).join(''));
  }
}

function formOf(letter: string): TokenForm {
  return { id: letter.codePointAt(0) ?? 0, bytes: new TextEncoder().encode(letter), controlWord: null };
}

function placed(id: number, bytes: Uint8Array, text: string): PlacedToken {
  const other = { id: 99, bytes: Uint8Array.of(0xf0, 0x9f), controlWord: null, logProbability: -2 };
  const end = { id: 0, bytes: new Uint8Array(), controlWord: '</s>', logProbability: -3 };
  return {
    id,
    bytes,
    text,
    controlWord: null,
    logProbability: -0.5,
    top: [{ id, bytes, controlWord: null, logProbability: -0.5 }, other, end],
  };
}

function promptTokens({ prompt, measuresPrompt }: CompletionRequest): readonly PlacedToken[] {
  const text =
    prompt.form === 'raw'
      ? prompt.text
      : prompt.form === 'chat'
        ? prompt.question
        : String.fromCodePoint(...prompt.tokens);
  return Array.from(text, (letter, index) => ({
    ...formOf(letter),
    text: letter,
    logProbability: measuresPrompt && index > 0 ? -index : null,
    top: [],
  }));
}
