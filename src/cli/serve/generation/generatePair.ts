import { randomUUID } from 'node:crypto';
import { cancelledError, MentorCollabError } from '../../../core/errors.ts';
import type { Prompt } from '../../../core/languageModel.ts';
import type { RunEnded } from '../../../core/runEvent.ts';
import type { ReasoningEngine, SolveRequest } from '../../../protocol/engine.ts';
import type { TraceLine } from '../../../protocol/trace.ts';
import type { PairModel } from '../models/servedModels.ts';
import type { GenerationEnd, GenerationListener, GenerationRequest } from './generation.ts';
import { StopFilter } from './stopFilter.ts';

/** A request to the pair, which reads text alone. */
export type PairRequest = GenerationRequest & { readonly model: PairModel; readonly prompt: Prompt };

/** Lets generator and mentor write together: one run of the loop, told step by step. */
export async function generatePair(
  engine: ReasoningEngine,
  request: PairRequest,
  listener: GenerationListener,
  signal: AbortSignal,
): Promise<GenerationEnd> {
  const run = new PairRun(request, listener);
  const stop = AbortSignal.any([signal, run.stopSignal]);
  const ended = await engine.solve(solveRequestOf(request), run, stop);
  return run.end(ended);
}

function solveRequestOf({ model, prompt, maxTokens, seed }: PairRequest): SolveRequest {
  const { plan } = model;
  const neverProbes = plan.settings.decision.policy === 'never';
  return {
    runId: randomUUID(),
    prompt,
    generator: plan.generator,
    mentor: neverProbes ? null : plan.mentor,
    verifier: neverProbes ? null : plan.verifier,
    settings: {
      ...plan.settings,
      maxTokens: maxTokens ?? plan.settings.maxTokens,
      seed: seed ?? plan.settings.seed,
    },
    options: plan.engine,
    opening: null,
  };
}

/** What has come of a run so far. */
class PairRun {
  readonly #listener: GenerationListener;
  readonly #filter: StopFilter<null>;
  readonly #stop = new AbortController();
  #promptTokens = 0;

  constructor({ model, stops }: PairRequest, listener: GenerationListener) {
    this.#listener = listener;
    this.#filter = new StopFilter([
      ...stops.map((text) => ({ text, ignoresCase: false })),
      // A run's own end it whatever their case.
      ...model.plan.settings.stopStrings.filter((text) => text !== '').map((text) => ({ text, ignoresCase: true })),
    ]);
  }

  /** Aborted once a stop string has come. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  readonly onProgress = (): void => undefined;

  readonly onLines = (lines: readonly TraceLine[]): void => {
    for (const line of lines) this.#take(line);
  };

  end(ended: RunEnded): GenerationEnd {
    if (ended.failure) throw new MentorCollabError(ended.failure.code, ended.failure.message);
    if (ended.stop === 'cancelled' && !this.#filter.hasStopped) throw cancelledError();
    this.#tell(this.#filter.end().text);
    const { generator, mentor } = ended.tokens;
    return {
      finishReason: ended.stop === 'maxTokens' ? 'length' : 'stop',
      usage: {
        promptTokens: this.#promptTokens,
        cachedTokens: 0,
        completionTokens: generator.accepted + mentor.accepted,
        pair: { generator, mentor },
      },
    };
  }

  #take(line: TraceLine): void {
    if (line.type === 'prompt-read' && line.by === 'generator') {
      this.#promptTokens = line.tokens;
      this.#listener.onBegin();
    }
    if (line.type !== 'step-taken' || line.dropped) return;
    this.#tell(this.#filter.push(line.text, null).text);
    if (this.#filter.hasStopped) this.#stop.abort();
  }

  #tell(text: string): void {
    if (text !== '') this.#listener.onPart({ text, tokens: [] });
  }
}
