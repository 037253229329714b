import type { Solve } from '../../bench/run/runJob.ts';
import { asMentorCollabError, cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import type { RunEnded } from '../../core/runEvent.ts';
import type { DecisionEvidence } from '../../core/verification/decisionEvidence.ts';
import { AbortLink } from '../../models/abortLink.ts';
import type { ReasoningEngine, SolveListener, SolveRequest } from '../../protocol/engine.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import type { DisposableLike } from '../disposable.ts';

/** Those whose runs go first. */
export interface FirstUsers {
  readonly isBusy: boolean;
  readonly onDidUpdate: (listener: () => void) => DisposableLike;
}

/**
 * Runs on an engine only while nobody else does: a question that is asked meanwhile goes first, and what it has broken
 * off is begun anew behind it. What a run tells is passed on when it is over, since nothing of one that was broken off counts.
 */
export function solveGivingWay(engine: Pick<ReasoningEngine, 'solve'>, others: FirstUsers): Solve {
  return async (request, listener, signal) => {
    for (;;) {
      await untilFree(others, signal);
      const ended = await attempt({ engine, others, request, listener, signal });
      if (ended !== 'gave-way') return ended;
    }
  };
}

interface Attempt {
  readonly engine: Pick<ReasoningEngine, 'solve'>;
  readonly others: FirstUsers;
  readonly request: SolveRequest;
  readonly listener: SolveListener;
  readonly signal: AbortNotifier;
}

async function attempt({ engine, others, request, listener, signal }: Attempt): Promise<RunEnded | 'gave-way'> {
  const link = new AbortLink(signal);
  const state = { gaveWay: false };
  const watching = others.onDidUpdate(() => {
    if (!others.isBusy) return;
    state.gaveWay = true;
    link.abort();
  });
  const lines: TraceLine[] = [];
  const evidence: DecisionEvidence[] = [];
  const collector: SolveListener = {
    onProgress: (progress) => {
      listener.onProgress(progress);
    },
    onLines: (told) => {
      lines.push(...told);
    },
    onEvidence: (told) => {
      evidence.push(told);
    },
  };
  try {
    const ended = await engine.solve(request, collector, link.signal);
    // One that has just come to its end is taken, whoever asks meanwhile.
    if (ended.stop !== 'cancelled') {
      listener.onLines(lines);
      for (const one of evidence) listener.onEvidence?.(one);
      return ended;
    }
  } catch (thrown) {
    // Whatever became of a run that was to stop anyway, such as with an engine that was ended.
    if (!link.signal.aborted && asMentorCollabError(thrown).code !== 'cancelled') throw thrown;
  } finally {
    watching.dispose();
    link.release();
  }
  if (signal.aborted) throw cancelledError();
  if (state.gaveWay) return 'gave-way';
  throw new MentorCollabError(
    'bad-input',
    'The models were unloaded while they were used in the background. Go on to load them again.',
  );
}

async function untilFree(others: FirstUsers, signal: AbortNotifier): Promise<void> {
  if (others.isBusy && !signal.aborted) {
    let look = (): void => undefined;
    const free = new Promise<void>((resolve) => {
      look = () => {
        if (!others.isBusy || signal.aborted) resolve();
      };
    });
    const watching = others.onDidUpdate(look);
    signal.addEventListener('abort', look);
    try {
      await free;
    } finally {
      watching.dispose();
      signal.removeEventListener('abort', look);
    }
  }
  if (signal.aborted) throw cancelledError();
}
