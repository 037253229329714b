import { MentorCollabError } from '../../core/errors.ts';
import type { LogisticWeights } from '../verifierWeights.ts';
import { fitLogistic, LOGISTIC_PENALTY } from './fitLogistic.ts';
import type { MlpFit, MlpFitWatcher } from './fitMlp.ts';
import { fitMlp, MLP_FIT_DEFAULTS } from './fitMlp.ts';
import { splitByQuestion } from './splitByQuestion.ts';
import type { TrainingExample } from './trainingExample.ts';

/** What is fitted; survives being sent to another thread. */
export interface VerifierFitRequest {
  /** Without those that are held out for the report. */
  readonly examples: readonly TrainingExample[];
  /** Names of the logistic model's features; each example has them all. */
  readonly features: readonly string[];
  readonly seed: number;
}

/** Both verifiers, fitted. */
export interface VerifierFit {
  readonly mlp: MlpFit;
  readonly logistic: LogisticWeights;
  /** Examples that the MLP's weights were learnt from. */
  readonly training: number;
  /** Examples that told when to stop, of which nothing else was learnt but the logistic model. */
  readonly stopping: number;
}

/** Fits both verifiers, here or in another thread. */
export type FitVerifier = (request: VerifierFitRequest, watcher: MlpFitWatcher) => Promise<VerifierFit>;

/**
 * Share of the questions that tell when the MLP is to stop. They are none of those that are held out: of many epochs the best one
 * on some examples looks better there than it is.
 */
const STOPPING_SHARE = 0.2;

/**
 * Fits both verifiers in this thread, which it lets go now and then.
 *
 * @throws MentorCollabError `bad-input` for too few examples, or of one kind alone; `cancelled`.
 */
export const fitVerifier: FitVerifier = async ({ examples, features, seed }, watcher) => {
  const { kept, heldOut } = splitByQuestion(examples, { share: STOPPING_SHARE, seed });
  if (heldOut.length === 0) {
    throw new MentorCollabError(
      'bad-input',
      `${examples.length} divergences that favour one branch are too few to train a verifier on. Give more questions, or more divergences of each.`,
    );
  }
  const logistic = fitLogistic(examples, features, { penalty: LOGISTIC_PENALTY });
  const mlp = await fitMlp({ training: kept, stopping: heldOut }, { ...MLP_FIT_DEFAULTS, seed }, watcher);
  return { mlp, logistic, training: kept.length, stopping: heldOut.length };
};
