import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

/** What a completion gave and what it cost. */
export interface Completion {
  readonly pieces: readonly string[];
  /** Tokens that went through the model. */
  readonly evaluated: number;
  /** Forward passes. */
  readonly passes: number;
}

/**
 * Greedy completions of whole prompts with a prompt cache, as a completions server keeps one: of each prompt only what
 * differs from the last one is read again. The comparison's own engine, so that our loop's cache can't help it.
 */
export class Completions {
  readonly #model: LlamaModel;
  readonly #sequence: LlamaContextSequence;
  readonly #end: () => Promise<void>;
  #cached: readonly Token[] = [];

  private constructor(model: LlamaModel, sequence: LlamaContextSequence, end: () => Promise<void>) {
    this.#model = model;
    this.#sequence = sequence;
    this.#end = end;
  }

  static async open(
    path: string,
    options: { readonly contextSize: number; readonly threads: number },
  ): Promise<Completions> {
    const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, logLevel: LlamaLogLevel.error });
    const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
    const context = await model.createContext({ ...options, batchSize: 256 });
    const contextShift = {
      strategy: () => {
        throw new Error(`The context of ${options.contextSize} tokens is full.`);
      },
    };
    return new Completions(model, context.getSequence({ contextShift }), () => llama.dispose());
  }

  /** Forgets the cache, so that runs can be compared from the same start. */
  async forget(): Promise<void> {
    this.#cached = [];
    await this.#sequence.clearHistory();
  }

  countTokens(text: string): number {
    return this.#model.tokenize(text, false).length;
  }

  /** Up to `count` greedy pieces after `prompt`, whose special tokens are parsed; fewer when the turn ends. */
  async complete(prompt: string, count: number): Promise<Completion> {
    const start = this.#model.tokenize(prompt, true);
    const tokens = [...start];
    const pieces: string[] = [];
    let [evaluated, passes] = [0, 0];
    while (pieces.length < count) {
      const shared = Math.min(commonLength(this.#cached, tokens), tokens.length - 1);
      await this.#rollBack(shared);
      const added = tokens.slice(shared);
      const next = await this.#evaluate(added);
      this.#cached = [...tokens];
      evaluated += added.length;
      passes += 1;
      if (this.#model.isEogToken(next)) break;
      const before = this.#model.detokenize(tokens.slice(start.length), false, start);
      tokens.push(next);
      const after = this.#model.detokenize(tokens.slice(start.length), false, start);
      pieces.push(after.slice(before.length));
    }
    return { pieces, evaluated, passes };
  }

  async dispose(): Promise<void> {
    await this.#end();
  }

  async #rollBack(length: number): Promise<void> {
    if (length >= this.#cached.length) return;
    await this.#sequence.eraseContextTokenRanges([{ start: length, end: this.#cached.length }]);
  }

  async #evaluate(added: readonly Token[]): Promise<Token> {
    const last = added.length - 1;
    const steps = await this.#sequence.controlledEvaluate(
      added.map((token, index) => (index === last ? [token, { generateNext: { token: true } }] : token)),
    );
    const next = steps.at(-1)?.next.token;
    if (next === undefined || next === null) throw new Error('The model gave no next token.');
    return next;
  }
}

function commonLength(a: readonly Token[], b: readonly Token[]): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  return length;
}
