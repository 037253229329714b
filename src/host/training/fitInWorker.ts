import { Worker } from 'node:worker_threads';
import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { FitMessage } from '../../verifier/training/fitMessage.ts';
import type { FitVerifier } from '../../verifier/training/fitVerifier.ts';

/** How often a signal is looked at that can't tell of its abort, in milliseconds. */
const LOOK_EVERY_MS = 200;

/**
 * Fits in a thread of its own, which is ended at once when it is cancelled: a large MLP keeps its thread busy for an hour.
 *
 * @param modulePath - absolute path of the thread's program.
 */
export function fitInWorker(modulePath: string): FitVerifier {
  return (request, { signal, onEpoch }) => {
    const worker = new Worker(modulePath, { workerData: request });
    const looking = setInterval(() => {
      if (signal.aborted) void worker.terminate();
    }, LOOK_EVERY_MS);
    return new Promise<Awaited<ReturnType<FitVerifier>>>((resolve, reject) => {
      // The thread is our own, and tells nothing else.
      worker.on('message', (message: FitMessage) => {
        if (message.type === 'epoch-done') onEpoch?.(message.losses);
        else if (message.type === 'fit-done') resolve(message.fit);
        else reject(new MentorCollabError(message.code, message.message));
      });
      worker.on('error', (cause) => {
        reject(new MentorCollabError('internal', `The fit has failed: ${String(cause)}`, { cause }));
      });
      worker.on('exit', () => {
        reject(signal.aborted ? cancelledError() : new MentorCollabError('internal', 'The fit has ended early.'));
      });
    }).finally(() => {
      clearInterval(looking);
      void worker.terminate();
    });
  };
}
