import type { Solve } from '../../../src/bench/run/runJob.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import type { SolveRequest } from '../../../src/protocol/engine.ts';
import type { ScriptedRun, ScriptedStep } from './scriptedRun.ts';
import { endOf, eventsOfStep, headerOf, wordsOf } from './scriptedRun.ts';

/** How a request goes; what it throws is thrown in the place of a run. */
export type Script = (request: SolveRequest) => ScriptedRun | string | Promise<ScriptedRun | string>;

/** Solves requests as it is told, line by line; ends a run as cancelled at the step at which it is aborted. */
export class ScriptedSolver {
  readonly requests: SolveRequest[] = [];
  /** Runs that are under way. */
  busy = 0;
  /** The most that were under way at once. */
  mostBusy = 0;
  readonly #script: Script;

  /** @param script - a text stands for a run of the generator alone that writes it. */
  constructor(script: Script) {
    this.#script = script;
  }

  readonly solve: Solve = async (request, listener, signal) => {
    this.requests.push(request);
    this.mostBusy = Math.max(this.mostBusy, ++this.busy);
    try {
      const scripted = await this.#script(request);
      const run = typeof scripted === 'string' ? wordsOf(scripted) : scripted;
      const hasVerifier = request.verifier !== null;
      listener.onLines([headerOf(request, run)]);
      const taken: ScriptedStep[] = [];
      const end = (stop: RunEnded['stop']): RunEnded => {
        const last = endOf(run, { steps: taken, stop, hasVerifier });
        listener.onLines([last]);
        return last;
      };
      for (const step of run.steps) {
        await Promise.resolve();
        if (signal.aborted) return end('cancelled');
        listener.onLines(eventsOfStep(step, taken.length));
        taken.push(step);
      }
      return end(run.stop ?? 'end');
    } finally {
      this.busy--;
    }
  };
}
