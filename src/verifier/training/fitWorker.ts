import { parentPort, workerData } from 'node:worker_threads';
import { asMentorCollabError } from '../../core/errors.ts';
import type { FitMessage } from './fitMessage.ts';
import type { VerifierFitRequest } from './fitVerifier.ts';
import { fitVerifier } from './fitVerifier.ts';

/** Fits in a thread of its own: what it is started with is a request, and it tells messages until it is done. */
async function main(): Promise<void> {
  const tell = (message: FitMessage): void => {
    parentPort?.postMessage(message);
  };
  try {
    // Started by our own code alone, with what the type says.
    const request = workerData as VerifierFitRequest;
    const fit = await fitVerifier(request, {
      signal: { aborted: false },
      onEpoch: (losses) => {
        tell({ type: 'epoch-done', losses });
      },
    });
    tell({ type: 'fit-done', fit });
  } catch (thrown) {
    const { code, message } = asMentorCollabError(thrown);
    tell({ type: 'fit-failed', code, message });
  }
}

await main();
