import { MentorCollabError } from '../../core/errors.ts';
import type { LanguageModel, ModelFacts, ModelText, OpenTextOptions, Prompt } from '../../core/languageModel.ts';
import { AbortLink } from '../../models/abortLink.ts';
import { RemoteText } from './remoteText.ts';
import type { ServerHttp } from './serverHttp.ts';
import type { ServerProfile } from './serverProfile.ts';
import { askServer } from './serverProfile.ts';

/** Tokens asked for at once: a model that writes the text goes on from them, one that is probed seldom does. */
const AHEAD_TOKENS = { writing: 24, asked: 6 } as const;

/** A model behind a completions server. It holds no memory here; what the server caches of a text is the server's own. */
export class RemoteLanguageModel implements LanguageModel {
  readonly #http: ServerHttp;
  readonly #profile: ServerProfile;
  readonly #aheadTokens: number;
  #text: RemoteText | null = null;

  private constructor(http: ServerHttp, profile: ServerProfile, use: keyof typeof AHEAD_TOKENS) {
    this.#http = http;
    this.#profile = profile;
    this.#aheadTokens = AHEAD_TOKENS[use];
  }

  /**
   * The model of a server that has been asked what it can do.
   *
   * @param use - whether the model writes the text, or is only asked at times.
   * @throws MentorCollabError `server-refused` where the server lacks the model.
   */
  static of(http: ServerHttp, profile: ServerProfile, use: keyof typeof AHEAD_TOKENS): RemoteLanguageModel {
    if (profile.model === null) throw modelIsMissing(http, profile);
    return new RemoteLanguageModel(http, profile, use);
  }

  /** As {@link of}, after asking the server. */
  static async open(
    http: ServerHttp,
    use: keyof typeof AHEAD_TOKENS,
    signal: AbortSignal,
  ): Promise<RemoteLanguageModel> {
    return RemoteLanguageModel.of(http, await askServer(http, signal), use);
  }

  get facts(): ModelFacts {
    const { url, model } = this.#http.source;
    const unknown = { sha256: null, architecture: null, quantization: null, parameters: null, bytes: null };
    return { name: model, path: null, server: url, ...unknown, contextSize: this.#profile.contextSize };
  }

  async openText(prompt: Prompt, { signal }: OpenTextOptions): Promise<ModelText> {
    this.#text?.close();
    this.#text = null;
    const link = new AbortLink(signal);
    const promptAsSent = await this.#render(prompt, link.signal).finally(() => {
      link.release();
    });
    if (promptAsSent.trim() === '') throw new MentorCollabError('bad-input', 'The prompt is empty. Write a question.');
    const { api, echo, endText, topLogProbabilities } = this.#profile;
    this.#text = new RemoteText({
      ...{ api, echo, endText, promptAsSent, signal, topLogProbabilities },
      aheadTokens: this.#aheadTokens,
      fullError: () => this.#fullError(),
      scoreError: () => this.#scoreError(),
    });
    return this.#text;
  }

  dispose(): Promise<void> {
    this.#text?.close();
    this.#text = null;
    return Promise.resolve();
  }

  #render(prompt: Prompt, signal: AbortSignal): Promise<string> {
    if (prompt.form === 'raw') return Promise.resolve(prompt.text);
    const messages = [...(prompt.history ?? []), { role: 'user', content: prompt.question } as const];
    return this.#profile.format.render(messages, signal);
  }

  #fullError(): MentorCollabError {
    const { name, server, contextSize } = this.facts;
    const size = contextSize === null ? '' : ` of ${contextSize} tokens`;
    return new MentorCollabError(
      'context-full',
      `${server ?? ''}#${name} writes nothing more: its context${size} is full. Start the server with a larger context, or lower the token limit (maxTokens, --max-tokens).`,
    );
  }

  #scoreError(): MentorCollabError {
    return new MentorCollabError(
      'bad-input',
      `The decision "surprise", the verification "likelihood" and early rejoin need the log-probabilities of a given text, which the model server ${this.#http.source.url} does not tell. Choose another decision or verification, switch early rejoin off, or put the model on this machine or behind a server that tells them (vLLM, SGLang, "mentorcollab serve").`,
    );
  }
}

function modelIsMissing(http: ServerHttp, { models }: ServerProfile): MentorCollabError {
  const { url, model } = http.source;
  const there = models.length === 0 ? 'It has none.' : `It has ${models.slice(0, 12).join(', ')}.`;
  return new MentorCollabError('server-refused', `The model server ${url} has no model "${model}". ${there}`);
}
