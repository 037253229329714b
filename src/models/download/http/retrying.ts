import { cancelledError, MentorCollabError } from '../../../core/errors.ts';
import type { Pacing } from './pacing.ts';
import { TransientFailure } from './transientFailure.ts';

export interface RetryOptions {
  readonly pacing: Pacing;
  readonly signal: AbortSignal;
  /** What is tried, for the message when it is given up: `fetching model.gguf from huggingface.co`. */
  readonly what: string;
  /** How often something may fail in a row without any progress between. */
  readonly mostFailures: number;
  /** How far everything is that goes on beside it; failures are counted anew once that has changed. Default: nowhere. */
  readonly progress?: (() => unknown) | undefined;
  /** Told before each wait. */
  readonly onRetry?: ((note: string) => void) | undefined;
}

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;
/** Longer waits that a server asks for are the user's to decide about. */
const LONGEST_ASKED_MS = 5 * 60_000;

/**
 * Tries until it works, waiting longer each time that nothing was gained, by half or more of the full delay, so that
 * clients that failed together don't come back together.
 *
 * @throws MentorCollabError `download-failed` when it is given up; `cancelled`; whatever an attempt throws that is not a
 * {@link TransientFailure}, at once.
 */
export async function retrying<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, what, mostFailures, progress = (): unknown => null } = options;
  let failures = 0;
  let progressBefore = progress();
  const isCancelled = (): boolean => signal.aborted;
  for (;;) {
    if (isCancelled()) throw cancelledError();
    try {
      return await attempt();
    } catch (thrown) {
      if (isCancelled()) throw cancelledError();
      if (!(thrown instanceof TransientFailure)) throw thrown;
      failures = progress() === progressBefore ? failures + 1 : 1;
      progressBefore = progress();
      if (failures >= mostFailures) throw givenUp(what, failures, thrown);
      await pause(thrown, failures, options);
    }
  }
}

async function pause(failure: TransientFailure, failures: number, options: RetryOptions): Promise<void> {
  const { pacing, signal, what, onRetry } = options;
  const asked = failure.retryAfterMs;
  if (asked !== null && asked > LONGEST_ASKED_MS) {
    const minutes = Math.ceil(asked / 60_000);
    const message = `While ${what}: ${failure.message}, and the server asks to wait ${minutes} minutes. Start it again then; what has arrived is kept.`;
    throw new MentorCollabError('download-failed', message, { cause: failure });
  }
  const full = Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), LONGEST_DELAY_MS);
  const waitMs = Math.max(asked ?? 0, full * (0.5 + pacing.random() / 2));
  onRetry?.(`While ${what}: ${failure.message}. Trying again in ${Math.ceil(waitMs / 1000)} s.`);
  try {
    await pacing.wait(waitMs, signal);
  } catch (thrown) {
    if (signal.aborted) throw cancelledError();
    throw thrown;
  }
}

function givenUp(what: string, failures: number, failure: TransientFailure): MentorCollabError {
  return new MentorCollabError(
    'download-failed',
    `While ${what}: ${failure.message}, ${failures} times in a row. Check the network (and a proxy, if there is one), then start it again: what has arrived is kept.`,
    { cause: failure },
  );
}
