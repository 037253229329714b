import { asMentorCollabError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import { AbortLink } from '../../models/abortLink.ts';
import type { SolveProgress } from '../../protocol/engine.ts';
import type { SeenModels } from '../folder/journal.ts';
import type { Solve } from '../run/runJob.ts';
import { checkModels, factsOf } from '../run/seenModels.ts';
import { spread } from '../run/spread.ts';
import { branchesOf, collectQuestion } from './collectQuestion.ts';
import type { TrainingStore } from './trainingFolder.ts';
import type { TrainingPlan } from './trainingPlan.ts';

/** What is told while examples are collected. */
export interface CollectListener {
  /** A question is over; also told, before any is begun, of those that were over already. */
  readonly onQuestion: () => void;
  /** All that was over already has been told; runs begin. */
  readonly onBegin: () => void;
  readonly onProgress: (progress: SolveProgress) => void;
  readonly onFailed: (message: string) => void;
}

export interface CollectInput {
  readonly plan: TrainingPlan;
  readonly store: TrainingStore;
  /** What runs, one question at a time each. */
  readonly workers: readonly Solve[];
  readonly listener: CollectListener;
  readonly signal: AbortNotifier;
}

/**
 * Runs what is not over yet of all questions. Ends quietly when it is cancelled; a run that was under way is made again the next
 * time.
 *
 * @throws MentorCollabError what keeps a run from beginning, after everything else under way has ended.
 */
export async function collectExamples({ plan, store, workers, listener, signal }: CollectInput): Promise<void> {
  const open = plan.items.filter((item) => !isOver(item.id, store));
  for (let over = plan.items.length - open.length; over > 0; over--) listener.onQuestion();
  listener.onBegin();
  const link = new AbortLink(signal);
  const onModels = modelKeeper(store);
  try {
    await spread(open, workers, {
      work: async (item, solve) => {
        const { onProgress, onFailed } = listener;
        await collectQuestion(item, { plan, store, solve, onModels, onProgress, onFailed, signal: link.signal });
        if (!link.signal.aborted) listener.onQuestion();
      },
      stop: () => {
        link.abort();
      },
      hasToStop: () => link.signal.aborted,
    });
  } catch (thrown) {
    if (asMentorCollabError(thrown).code !== 'cancelled') throw thrown;
  } finally {
    link.release();
  }
}

function isOver(item: string, { journal }: TrainingStore): boolean {
  const question = journal.questionOf(item);
  return question !== null && branchesOf(question).every((place) => journal.branchOf(place) !== null);
}

/** Notes the models of the first run, and refuses later runs by others. */
function modelKeeper({ journal }: TrainingStore): (header: RunHeader) => Promise<void> {
  return async ({ generator, mentor }) => {
    const seen: SeenModels = { generator: factsOf(generator.model), mentor: factsOf(mentor?.model), verifier: null };
    checkModels(journal.models, seen, 'training');
    if (JSON.stringify(journal.models) !== JSON.stringify(seen)) await journal.setModels(seen);
  };
}
