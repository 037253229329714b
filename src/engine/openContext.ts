import type { LlamaContext, LlamaContextSequence } from 'node-llama-cpp';
import { MentorCollabError } from '../core/errors.ts';
import { CachedSequence } from './cachedSequence.ts';
import { contextSizeFor, tokensPerPass } from './contextShape.ts';
import { defaultThreads } from './defaultThreads.ts';
import { HiddenStates, WITH_HIDDEN_STATES } from './hiddenStates.ts';
import type { ModelWeights } from './modelWeights.ts';
import { unsupportedModel } from './unsupportedModel.ts';

/** How a model's context is made. */
export interface ContextOptions {
  /** Tokens; null takes the smaller of {@link DEFAULT_CONTEXT_TOKENS} and what the model was trained with. */
  readonly contextSize: number | null;
  /** Threads; null takes {@link defaultThreads}. */
  readonly threads: number | null;
  /**
   * Whether texts are to tell hidden states (default false). Every token then goes through the output layer, which takes
   * time and changes no number.
   */
  readonly hiddenStates?: boolean;
}

/** A context with its one sequence. */
export interface OpenContext {
  readonly options: ContextOptions;
  readonly context: LlamaContext;
  readonly cache: CachedSequence;
  readonly size: number;
}

/**
 * Makes a context for a model that is loaded.
 *
 * @throws MentorCollabError `model-unsupported` for a memory that can't be rolled back; what llama.cpp throws otherwise.
 */
export async function openContext(weights: ModelWeights, options: ContextOptions): Promise<OpenContext> {
  const { model, native, file, log } = weights;
  const size = contextSizeFor(options.contextSize, model.trainContextSize);
  if (options.contextSize !== null && size < options.contextSize) {
    log(`${file.facts.name} was trained with a context of ${size} tokens; ${options.contextSize} are not used.`);
  }
  const passTokens = tokensPerPass(file.facts.parameters ?? 0);
  const context = await model.createContext({
    contextSize: size,
    batchSize: Math.min(passTokens, size),
    threads: options.threads ?? defaultThreads(native.llama.cpuMathCores, file.facts.parameters ?? Infinity),
    // Rolling back needs the whole cache, also of models that attend to a window only.
    swaFullCache: true,
    failedCreationRemedy: false,
    ...(options.hiddenStates === true && WITH_HIDDEN_STATES),
  });
  const sequence = context.getSequence({
    contextShift: {
      strategy: () => {
        throw new MentorCollabError('internal', 'The context was about to shift.');
      },
    },
  });
  if (sequence.needsCheckpoints) {
    await context.dispose();
    throw unsupportedModel(file.path, "its memory is recurrent and can't be rolled back, which the loop needs");
  }
  const hiddenStates = options.hiddenStates === true ? await openHiddenStates(weights, context, sequence) : null;
  return { options, context, size, cache: new CachedSequence(sequence, passTokens, hiddenStates) };
}

async function openHiddenStates(
  { model }: ModelWeights,
  context: LlamaContext,
  sequence: LlamaContextSequence,
): Promise<HiddenStates> {
  const hiddenStates = new HiddenStates(context, model.embeddingVectorSize);
  try {
    await hiddenStates.test(sequence, [...model.iterateAllTokens()].slice(0, 2));
    return hiddenStates;
  } catch (thrown) {
    await context.dispose();
    throw thrown;
  }
}

/** Whether a context that is open serves as it is. */
export function isSameContext(a: ContextOptions, b: ContextOptions): boolean {
  return (
    a.contextSize === b.contextSize &&
    a.threads === b.threads &&
    (a.hiddenStates ?? false) === (b.hiddenStates ?? false)
  );
}
