import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import { VERIFIER_FORMAT_VERSION } from '../../verifier/files/verifierMetadata.ts';
import type { EpochLosses } from '../../verifier/training/fitMlp.ts';
import type { FitVerifier } from '../../verifier/training/fitVerifier.ts';
import { splitByQuestion } from '../../verifier/training/splitByQuestion.ts';
import type { ModelIdentity, Verifier, VerifierCard } from '../../verifier/verifierWeights.ts';
import { settingsInWords } from '../arms/settingsInWords.ts';
import type { ModelFacts } from '../report/reportDocument.ts';
import type { Solve } from '../run/runJob.ts';
import type { CollectListener } from './collectExamples.ts';
import { collectExamples } from './collectExamples.ts';
import type { CollectedExamples } from './examplesOf.ts';
import { examplesOf } from './examplesOf.ts';
import { judgeReports } from './judges.ts';
import type { JudgeReport, TrainingReport } from './trainingDocument.ts';
import { TrainingFolder } from './trainingFolder.ts';
import { trainingIdentity } from './trainingIdentity.ts';
import type { TrainingPlan } from './trainingPlan.ts';
import { baseSettings } from './trainingPlan.ts';

/** Share of the questions that is held out by default. */
export const DEFAULT_HELD_OUT_SHARE = 0.2;

/** Where and how a verifier is trained. */
export interface TrainingRun {
  /** Keeps what is done, so that it can be gone on with. */
  readonly folder: string;
  readonly heldOutShare: number;
  /** What runs, one question at a time each. */
  readonly workers: readonly Solve[];
  readonly fit: FitVerifier;
  readonly listener: CollectListener & {
    /** All questions are over: the verifiers are fitted to so many examples. */
    readonly onFit: (examples: number) => void;
    readonly onEpoch: (losses: EpochLosses) => void;
  };
  /** A clock. */
  readonly now: () => Date;
  readonly signal: AbortNotifier;
}

/** A trained verifier with its report. */
export interface TrainedVerifier {
  readonly verifier: Verifier;
  readonly report: TrainingReport;
}

/**
 * Trains the verifiers of a pair: runs what is left to run, fits them, and measures them on questions that were held out.
 *
 * @throws MentorCollabError `cancelled` with everything kept that is over; `bad-input` where the folder can't be used, or the
 * questions teach too little; what keeps a run from beginning.
 */
export async function trainVerifier(plan: TrainingPlan, run: TrainingRun): Promise<TrainedVerifier> {
  const folder = await TrainingFolder.open(run.folder, trainingIdentity(plan));
  try {
    await collectExamples({ plan, store: folder, ...run });
    if (run.signal.aborted) throw cancelledError();
    return await fitCollected(plan, run, folder);
  } finally {
    await folder.close();
  }
}

async function fitCollected(
  plan: TrainingPlan,
  run: TrainingRun,
  { journal }: TrainingFolder,
): Promise<TrainedVerifier> {
  const collected = examplesOf(journal, plan.items);
  const { generator, mentor } = journal.models;
  if (!generator || !mentor || collected.examples.length === 0) throw nothingLearnt(collected);
  const { seed } = plan.settings;
  const { kept, heldOut } = splitByQuestion(collected.examples, { share: run.heldOutShare, seed });
  run.listener.onFit(kept.length);
  const { onEpoch } = run.listener;
  const fit = await run.fit({ examples: kept, features: collected.features, seed }, { signal: run.signal, onEpoch });
  const { mlp, logistic } = { mlp: fit.mlp.weights, logistic: fit.logistic };
  const judges = judgeReports({ mlp, logistic, card: null }, heldOut);
  const createdAt = run.now().toISOString();
  const report: TrainingReport = {
    format: 'mentorcollab-training',
    version: '1.0',
    createdAt,
    plan: {
      data: plan.data,
      questions: plan.items.length,
      settings: settingsInWords(baseSettings(plan.settings)),
      mostDivergences: plan.mostDivergences,
      seed,
      heldOutShare: run.heldOutShare,
      version: plan.version,
    },
    models: { generator, mentor },
    counts: collected.counts,
    examples: { training: fit.training, stopping: fit.stopping, heldOut: heldOut.length },
    judges,
    epochs: fit.mlp.epochs,
    bestEpoch: fit.mlp.bestEpoch,
    logistic: {
      bias: logistic.bias,
      features: logistic.features.map((name, index) => ({ name, weight: logistic.weight[index] ?? 0 })),
    },
  };
  return { verifier: { mlp, logistic, card: cardOf(plan, report) }, report };
}

function cardOf(
  { dataSha256 }: TrainingPlan,
  { createdAt, models, plan, counts, examples, judges }: TrainingReport,
): VerifierCard {
  return {
    formatVersion: VERIFIER_FORMAT_VERSION,
    createdAt,
    generator: identityOf(models.generator),
    mentor: identityOf(models.mentor),
    data: { name: plan.data, sha256: dataSha256, questions: counts.questions },
    examples: { training: examples.training + examples.stopping, heldOut: examples.heldOut },
    heldOutAuc: { mlp: aucOf(judges, 'mlp'), logistic: aucOf(judges, 'logistic') },
  };
}

function identityOf({ name, sha256 }: ModelFacts): ModelIdentity {
  return { name, sha256 };
}

function aucOf(judges: readonly JudgeReport[], name: string): number | null {
  return judges.find((judge) => judge.name === name)?.calibration?.auc ?? null;
}

function nothingLearnt({ counts: { questions, divergences, tried } }: CollectedExamples): MentorCollabError {
  return new MentorCollabError(
    'bad-input',
    `Nothing can be learnt: ${questions} questions had ${divergences} divergences, and of the ${tried} that were tried none had one branch right and the other wrong. Give more questions, or a higher probability of a probe.`,
  );
}
