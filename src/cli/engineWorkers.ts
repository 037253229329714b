import type { Solve } from '../bench/run/runJob.ts';
import type { ReasoningEngine } from '../protocol/engine.ts';
import type { CommandContext } from './commandContext.ts';
import { solveWithAdvice } from './solveWithAdvice.ts';

/** Workers with engines of their own. */
export class EngineWorkers {
  readonly #context: CommandContext;
  readonly #engines: Promise<ReasoningEngine>[] = [];

  constructor(context: CommandContext) {
    this.#context = context;
  }

  /** What solves on an engine of its own, which is opened with its first run: work that is done already needs none. */
  add(): Solve {
    let engine: Promise<ReasoningEngine> | null = null;
    return async (request, listener, signal) => {
      if (engine === null) this.#engines.push((engine = this.#context.openEngine()));
      return solveWithAdvice(await engine, request, listener, { ...this.#advice(), signal });
    };
  }

  /** Ends all engines. */
  async dispose(): Promise<void> {
    for (const engine of this.#engines) await (await engine).dispose();
  }

  #advice(): Pick<CommandContext, 'modelsFolder' | 'machineMemory'> {
    const { modelsFolder } = this.#context;
    return { modelsFolder, machineMemory: () => this.#context.machineMemory() };
  }
}
