import { createHash } from 'node:crypto';
import type { Solve } from '../../../src/bench/run/runJob.ts';
import { reason } from '../../../src/core/loop/reason.ts';
import type { SolveRequest } from '../../../src/protocol/engine.ts';
import { ScriptedModel } from '../models/scriptedModel.ts';
import { headerOf } from './scriptedRun.ts';

/** What a model writes on a question from a text on, as its greedy pieces. */
export type PairScript = (question: string, text: string) => readonly string[];

/** Solves requests by the loop itself, over two scripted models. */
export class PairSolver {
  /** Runs that were asked for, by their ids. */
  readonly asked: string[] = [];
  readonly #models: { readonly generator: PairScript; readonly mentor: PairScript };
  readonly #onRun: (request: SolveRequest) => void;

  /** @param onRun - called before each run; what it throws is thrown in its place. */
  constructor(
    models: { readonly generator: PairScript; readonly mentor: PairScript },
    onRun: (request: SolveRequest) => void = () => undefined,
  ) {
    this.#models = models;
    this.#onRun = onRun;
  }

  readonly solve: Solve = async (request, listener, signal) => {
    this.asked.push(request.runId);
    this.#onRun(request);
    const { prompt } = request;
    const question = prompt.form === 'chat' ? prompt.question : prompt.text;
    const open = (script: PairScript) =>
      new ScriptedModel({ continuation: (text) => script(question, text) }).openText(prompt, { signal });
    listener.onLines([headerOf(request, { steps: [], sha256: hashesOf(request) })]);
    const events = reason({
      generator: await open(this.#models.generator),
      mentor: await open(this.#models.mentor),
      settings: request.settings,
      opening: request.opening?.events ?? [],
      ...(request.recordsEvidence === true && { onEvidence: (evidence) => listener.onEvidence?.(evidence) }),
      signal,
      now: () => 0,
    });
    for await (const event of events) {
      listener.onLines([event]);
      if (event.type === 'run-ended') return event;
    }
    throw new Error('The run has no end.');
  };
}

/** Contents of the models' files, as if each were its own path. */
function hashesOf({ generator, mentor }: SolveRequest): Readonly<Record<string, string>> {
  const paths = [generator, mentor].flatMap((source) => (source?.type === 'file' ? [source.path] : []));
  return Object.fromEntries(paths.map((path) => [path, createHash('sha256').update(path).digest('hex')]));
}
