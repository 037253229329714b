import { MentorCollabError } from '../../core/errors.ts';
import { formatBytes } from '../../core/formatBytes.ts';
import type { MachineMemory } from '../../core/modelMemory.ts';
import { nearestPairOfRun } from '../../models/catalogue/nearestPairOf.ts';
import { readCatalogue } from '../../models/catalogue/readCatalogue.ts';
import { readMachineMemory } from '../../models/memory/machineMemory.ts';
import type { SolveRequest } from '../../protocol/engine.ts';
import { describeThrown } from '../describeThrown.ts';
import type { HostLog } from '../hostLog.ts';

export interface MemoryAdviceSources {
  /** Absolute path of the folder with the catalogue. */
  readonly modelsFolder: string;
  readonly log: HostLog;
  /** Default: this machine's, or its container's. */
  readonly readMemory?: () => Promise<MachineMemory>;
}

/** Names the nearest pair that fits, where a run has failed because the machine has too little memory for its models. */
export function memoryAdvice({
  modelsFolder,
  log,
  readMemory = () => readMachineMemory(),
}: MemoryAdviceSources): (error: MentorCollabError, request: SolveRequest) => Promise<MentorCollabError> {
  return async (error, request) => {
    if (error.code !== 'out-of-memory') return error;
    try {
      const { totalBytes } = await readMemory();
      const nearest = nearestPairOfRun(readCatalogue(modelsFolder), request, totalBytes);
      if (!nearest) return error;
      const advice = `The nearest pair that fits is ${nearest.generator.name} with ${nearest.mentor.name} (about ${formatBytes(nearest.totalBytes)}).`;
      return new MentorCollabError(error.code, `${error.message} ${advice}`, { cause: error });
    } catch (thrown) {
      // The failure itself is what has to be told; that no advice could be given is for the log.
      log.warn(`No pair of models could be advised: ${describeThrown(thrown)}`);
      return error;
    }
  };
}
