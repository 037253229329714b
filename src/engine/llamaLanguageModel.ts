import type { LlamaModel, Token } from 'node-llama-cpp';
import type {
  CancelSignal,
  ChatMessage,
  LanguageModel,
  ModelFacts,
  ModelText,
  OpenTextOptions,
  Prompt,
} from '../core/languageModel.ts';
import { renderChat } from './chatTemplate.ts';
import { checkPromptLength, roomOf } from './contextRoom.ts';
import { contextSizeFor } from './contextShape.ts';
import type { FileHashes } from './gguf/fileHashes.ts';
import type { GgufFile } from './gguf/ggufFile.ts';
import { LlamaText } from './llamaText.ts';
import { asLoadError } from './loadError.ts';
import type { ModelWeights } from './modelWeights.ts';
import type { Log, NativeLlama } from './nativeLlama.ts';
import type { ContextOptions, OpenContext } from './openContext.ts';
import { isSameContext, openContext } from './openContext.ts';
import type { PromptSegments } from './promptSegments.ts';
import { chatSegments, plainSegments, rawSegments } from './promptSegments.ts';
import type { PromptTokens } from './serving/promptTokens.ts';
import { givenTokens, tokensOfSegments } from './serving/promptTokens.ts';
import type { ServedFacts, TokenizeOptions, TokenPrompt } from './serving/servingEngine.ts';
import { TokenWriter } from './serving/tokenWriter.ts';
import { unsupportedModel } from './unsupportedModel.ts';
import { Vocabulary } from './vocabulary.ts';

/** What loading a model needs. */
export interface LoadOptions {
  readonly native: NativeLlama;
  readonly hashes: FileHashes;
  /** Read and found sound. */
  readonly file: GgufFile;
  readonly context: ContextOptions;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Told how far loading has come, 0..1. */
  readonly onProgress: (fraction: number) => void;
}

/** A GGUF model on llama.cpp: its weights, one context, and at most one open text. */
export class LlamaLanguageModel implements LanguageModel {
  readonly #weights: ModelWeights;
  #open: OpenContext;
  #text: LlamaText | TokenWriter | null = null;
  #disposal: Promise<void> | null = null;

  private constructor(weights: ModelWeights, open: OpenContext) {
    this.#weights = weights;
    this.#open = open;
  }

  /** Loads a model and makes its context; the file is hashed meanwhile. Every failure is a {@link MentorCollabError}. */
  static async load(options: LoadOptions): Promise<LlamaLanguageModel> {
    const { native, signal } = options;
    native.forgetRemarks();
    const abort = new AbortController();
    const both = AbortSignal.any([signal, abort.signal]);
    try {
      const { file } = options;
      const hashing = options.hashes.of(file.parts, both);
      const loading = loadWeights(options, both);
      const [model, sha256] = await Promise.all([loading, hashing]).catch(async (thrown: unknown) => {
        abort.abort();
        await Promise.allSettled([hashing, loading.then((loaded) => loaded.dispose())]);
        throw thrown;
      });
      const weights = { native, model, file, sha256, vocabulary: new Vocabulary(model), log: options.log };
      return new LlamaLanguageModel(weights, await openContextOrDispose(weights, options.context));
    } catch (thrown) {
      throw await asLoadError(native, options.file.path, thrown);
    }
  }

  get facts(): ModelFacts {
    return { ...this.#weights.file.facts, sha256: this.#weights.sha256, contextSize: this.#open.size };
  }

  /** Tokens of context that it is open with. */
  get contextSize(): number {
    return this.#open.size;
  }

  /** Numbers of a hidden state. */
  get hiddenStateSize(): number {
    return this.#weights.model.embeddingVectorSize;
  }

  /** Whether its weights are in memory only as pages of its file, which the system may drop and read again. */
  get isMapped(): boolean {
    return this.#weights.model.useMmap;
  }

  /** Makes the context anew where its options have changed; the weights stay. */
  async useContext(options: ContextOptions): Promise<void> {
    if (isSameContext(options, this.#open.options)) return;
    this.#closeText();
    this.#weights.native.forgetRemarks();
    await this.#open.context.dispose();
    try {
      this.#open = await openContext(this.#weights, options);
    } catch (thrown) {
      throw await asLoadError(this.#weights.native, this.#weights.file.path, thrown);
    }
  }

  /** What its tokens are. */
  get vocabulary(): Vocabulary {
    return this.#weights.vocabulary;
  }

  /** What there is to know before it is asked anything. */
  inspect(): ServedFacts {
    const { bosString, eosString } = this.#weights.model.tokens;
    return { facts: this.facts, chatTemplate: this.#chatTemplate, bosWord: bosString ?? '', eosWord: eosString ?? '' };
  }

  /** Tokens of a text, as a raw prompt would have them. */
  tokenize(text: string, { addsBos, parsesSpecial }: TokenizeOptions): readonly Token[] {
    const { vocabulary } = this.#weights;
    const segments = parsesSpecial ? rawSegments(vocabulary, text) : plainSegments(vocabulary, text);
    const { tokens, added } = tokensOfSegments(vocabulary, segments, parsesSpecial ? text : '');
    return addsBos ? tokens : tokens.slice(added);
  }

  /** A prompt as it would be sent, special tokens written out. */
  promptAsSent(prompt: Prompt): string {
    return this.#segmentsOf(prompt).asSent;
  }

  async openText(prompt: Prompt, options: OpenTextOptions): Promise<ModelText> {
    const { vocabulary } = this.#weights;
    this.#closeText();
    const { cache, size } = this.#open;
    if (options.reuseCache === true) cache.forgetUsage();
    else await cache.clear();
    const room = roomOf(size, this.#weights);
    const text = new LlamaText({ cache, vocabulary, prompt: this.#segmentsOf(prompt), room, signal: options.signal });
    checkPromptLength(text.promptTokens, size, this.#weights);
    this.#text = text;
    return text;
  }

  /** Opens a prompt to write on by the token; what the cache still holds of an earlier one is used. */
  openTokens(prompt: TokenPrompt, options: { readonly top: number; readonly signal: CancelSignal }): TokenWriter {
    const { vocabulary } = this.#weights;
    this.#closeText();
    const { cache, size } = this.#open;
    cache.forgetUsage();
    const given = this.#tokensOf(prompt);
    checkPromptLength(given.tokens.length, size, this.#weights);
    const writer = new TokenWriter({ cache, vocabulary, prompt: given, room: roomOf(size, this.#weights), ...options });
    this.#text = writer;
    return writer;
  }

  dispose(): Promise<void> {
    this.#disposal ??= (async () => {
      this.#closeText();
      // The context goes with its model.
      await this.#weights.model.dispose();
    })();
    return this.#disposal;
  }

  /** Jinja source as it stands in the file; null where there is none. */
  get #chatTemplate(): string | null {
    const source = this.#weights.model.fileInfo.metadata.tokenizer.chat_template;
    return source === undefined || source === '' ? null : source;
  }

  #closeText(): void {
    this.#text?.close();
    this.#text = null;
  }

  #tokensOf(prompt: TokenPrompt): PromptTokens {
    const { vocabulary } = this.#weights;
    if (prompt.form === 'tokens') return { tokens: givenTokens(vocabulary, prompt.tokens), added: 0 };
    return tokensOfSegments(vocabulary, this.#segmentsOf(prompt), prompt.form === 'raw' ? prompt.text : null);
  }

  #segmentsOf(prompt: Prompt): PromptSegments {
    const { vocabulary, model, file, log } = this.#weights;
    if (prompt.form === 'raw') return rawSegments(vocabulary, prompt.text);
    const source = this.#chatTemplate;
    const messages: ChatMessage[] = [...(prompt.history ?? []), { role: 'user', content: prompt.question }];
    if (source === null) {
      log(`${file.facts.name} has no chat template: the question is sent as plain text.`);
      return plainSegments(vocabulary, messages.map(({ content }) => `${content}\n\n`).join(''));
    }
    const { bosString, eosString } = model.tokens;
    return chatSegments(
      vocabulary,
      renderChat({ source, bosText: bosString ?? '', eosText: eosString ?? '' }, messages),
    );
  }
}

async function loadWeights(options: LoadOptions, signal: AbortSignal): Promise<LlamaModel> {
  const { native, file, context, onProgress } = options;
  const contextSize = contextSizeFor(context.contextSize, file.insights.trainContextSize ?? null);
  const model = await native.llama.loadModel({
    modelPath: file.path,
    // As many layers as fit beside the context, which keeps the whole cache.
    gpuLayers: native.backend.name === 'cpu' ? 0 : { fitContext: { contextSize } },
    defaultContextSwaFullCache: true,
    checkTensors: true,
    loadSignal: signal,
    onLoadProgress: (fraction) => {
      onProgress(Math.min(1, Math.max(0, fraction)));
    },
  });
  if (model.fileInsights.hasEncoder || model.fileInfo.metadata.tokenizer.ggml.tokens.length === 0) {
    await model.dispose();
    throw unsupportedModel(file.path, 'it does not write text');
  }
  return model;
}

async function openContextOrDispose(weights: ModelWeights, options: ContextOptions): Promise<OpenContext> {
  try {
    return await openContext(weights, options);
  } catch (thrown) {
    await weights.model.dispose();
    throw thrown;
  }
}
