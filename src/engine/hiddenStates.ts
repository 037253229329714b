import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { MentorCollabError } from '../core/errors.ts';
import { notFinite } from './prediction.ts';

/** An option of node-llama-cpp's contexts that is not public; its own embedding contexts are made with it. */
export const WITH_HIDDEN_STATES = { _embeddings: true };

/** The native part of a context, as far as it is used. */
interface NativeContext {
  /** The state at the last token that was read; the argument matters only for messages. */
  getEmbedding(tokens: number): ArrayLike<number>;
}

/**
 * Gives the hidden state at the token that a context has read last: the last layer's, after the final norm, not normalised
 * otherwise. Nothing public of node-llama-cpp tells it for a cache that goes on, so that this stands on its inner parts and
 * is tried on each context before it is used.
 *
 * @param size - numbers of a state.
 */
export class HiddenStates {
  readonly #context: LlamaContext;
  readonly #size: number;

  constructor(context: LlamaContext, size: number) {
    this.#context = context;
    this.#size = size;
  }

  /**
   * Reads tokens one by one to see whether states are told: whole ones, finite, and another for another text. The sequence is empty
   * afterwards.
   *
   * @throws MentorCollabError `engine-unavailable` where they are not.
   */
  async test(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<void> {
    const states: Float32Array[] = [];
    for (const token of tokens) {
      await sequence.controlledEvaluate([token]);
      states.push(this.read());
    }
    await sequence.clearHistory();
    const [first, ...others] = states;
    if (others.some((other) => first?.every((value, index) => value === other[index]))) {
      throw untold('it tells the same for every text');
    }
  }

  /**
   * The state at the last token of the last pass.
   *
   * @throws MentorCollabError `engine-unavailable` where it is not told; `model-invalid` where its numbers are not finite.
   */
  read(): Float32Array {
    const native: unknown = Reflect.get(this.#context, '_ctx');
    if (!isNativeContext(native)) throw untold('its inner parts are others');
    let state: Float32Array;
    try {
      state = Float32Array.from(native.getEmbedding(1));
    } catch (cause) {
      throw untold(cause instanceof Error ? cause.message : String(cause), cause);
    }
    if (state.length !== this.#size) throw untold(`it tells ${state.length} numbers instead of ${this.#size}`);
    if (state.every(Number.isFinite)) return state;
    throw notFinite();
  }
}

function isNativeContext(value: unknown): value is NativeContext {
  return (
    typeof value === 'object' && value !== null && 'getEmbedding' in value && typeof value.getEmbedding === 'function'
  );
}

function untold(reason: string, cause?: unknown): MentorCollabError {
  return new MentorCollabError(
    'engine-unavailable',
    `This build of node-llama-cpp does not tell hidden states (${reason}), which the verification "mlp" needs. ` +
      'Reinstall the package, or choose another verification.',
    { cause },
  );
}
