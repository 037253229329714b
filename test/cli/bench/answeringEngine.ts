import type { AbortNotifier } from '../../../src/core/languageModel.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import type { SolveListener, SolveRequest } from '../../../src/protocol/engine.ts';
import type { Script } from '../../support/bench/scriptedSolver.ts';
import { ScriptedSolver } from '../../support/bench/scriptedSolver.ts';
import { ScriptedEngine } from '../scriptedEngine.ts';

/** An engine that answers each request as it is told, several at once if it is asked to. */
export class AnsweringEngine extends ScriptedEngine {
  readonly solver: ScriptedSolver;

  /** @param script - default: a right answer to half of the questions, three of five tokens the mentor's where there is one. */
  constructor(script: Script = answerFive) {
    super([]);
    this.solver = new ScriptedSolver(script);
  }

  override async solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    this.requests.push(request);
    for (const remark of this.remarks) listener.onProgress({ type: 'remark-made', remark });
    return this.solver.solve(request, listener, signal);
  }
}

/** Says 5 to everything; with a mentor in two steps, the second of which is the mentor's. */
export const answerFive: Script = ({ mentor }) => ({
  steps: [
    { text: 'The', source: mentor ? 'agreed' : 'generator' },
    { text: ' answer' },
    { text: ' is 5.', ...(mentor && { source: 'mentor', tokens: 3, score: 1 }) },
  ],
});

/** So many runs are well, then something happens once. */
export function after(runs: number, what: () => void): Script {
  let count = 0;
  return (request) => {
    if (++count === runs + 1) what();
    return answerFive(request);
  };
}
