import { IDLE_STATUS, unexpected } from '../../support/idleStatus.ts';
import type { EngineStatus } from '../../../src/protocol/engineStatus.ts';
import type { MentorCollabError } from '../../../src/core/errors.ts';
import { cancelledError } from '../../../src/core/errors.ts';
import type { AbortNotifier } from '../../../src/core/languageModel.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import type { ReasoningEngine, SolveListener, SolveRequest } from '../../../src/protocol/engine.ts';

/** A run that a test answers by hand. */
export interface FakeSolve {
  readonly request: SolveRequest;
  readonly listener: SolveListener;
  readonly signal: AbortNotifier;
  readonly end: (ended: RunEnded) => void;
  readonly fail: (error: MentorCollabError) => void;
}

/** An engine whose answers are the test's; a stop is answered at once unless it was made deaf. */
export class FakeEngine implements ReasoningEngine {
  readonly solves: FakeSolve[] = [];
  isDeaf = false;

  /** The run asked for last. */
  get last(): FakeSolve {
    const solve = this.solves.at(-1);
    if (!solve) throw new Error('No run has been asked for.');
    return solve;
  }

  solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    return new Promise((end, fail) => {
      this.solves.push({ request, listener, signal, end, fail });
      signal.addEventListener('abort', () => {
        if (!this.isDeaf) fail(cancelledError());
      });
    });
  }

  status(): Promise<EngineStatus> {
    return Promise.resolve(IDLE_STATUS);
  }

  inspect(): Promise<never> {
    return unexpected('a look at a file');
  }

  testServer(): Promise<never> {
    return unexpected('the test of a server');
  }

  unload(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
