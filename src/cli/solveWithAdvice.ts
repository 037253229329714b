import { asMentorCollabError, MentorCollabError } from '../core/errors.ts';
import { formatBytes } from '../core/formatBytes.ts';
import type { RunEnded } from '../core/runEvent.ts';
import { nearestPairOfRun } from '../models/catalogue/nearestPairOf.ts';
import { readCatalogue } from '../models/catalogue/readCatalogue.ts';
import type { ReasoningEngine, SolveListener, SolveRequest } from '../protocol/engine.ts';
import type { CommandContext } from './commandContext.ts';

/** Runs a request; where the machine has too little memory for its models, the error names the nearest pair that fits. */
export async function solveWithAdvice(
  engine: ReasoningEngine,
  request: SolveRequest,
  listener: SolveListener,
  context: Pick<CommandContext, 'signal' | 'modelsFolder' | 'machineMemory'>,
): Promise<RunEnded> {
  try {
    return await engine.solve(request, listener, context.signal);
  } catch (thrown) {
    const error = asMentorCollabError(thrown);
    if (error.code !== 'out-of-memory') throw error;
    const { totalBytes } = await context.machineMemory();
    const nearest = nearestPairOfRun(readCatalogue(context.modelsFolder), request, totalBytes);
    if (!nearest) throw error;
    const { generator, mentor } = nearest;
    const advice = `The nearest pair that fits: --generator ${generator.id} --mentor ${mentor.id} (about ${formatBytes(nearest.totalBytes)}).`;
    throw new MentorCollabError(error.code, `${error.message} ${advice}`, { cause: error });
  }
}
