import { logisticLogit } from '../../verifier/logisticLogit.ts';
import { mlpLogit } from '../../verifier/mlpLogit.ts';
import { sigmoid } from '../../verifier/training/crossEntropy.ts';
import type { TrainingExample } from '../../verifier/training/trainingExample.ts';
import type { Verifier } from '../../verifier/verifierWeights.ts';
import { calibration } from '../statistics/calibration.ts';
import { wilsonInterval } from '../statistics/wilsonInterval.ts';
import type { JudgeReport } from './trainingDocument.ts';

/** A way to judge a divergence. */
interface Judge {
  readonly name: string;
  readonly isTrained: boolean;
  /** Logit of the generator's patch; above 0 it is kept. */
  readonly logit: (example: TrainingExample) => number;
  /** Whether the logit is of a probability, and not a bare order. */
  readonly hasProbability: boolean;
}

/** How well the trained verifiers judge examples that they have not seen, beside every judge that needs no training. */
export function judgeReports(
  { mlp, logistic }: Verifier,
  examples: readonly TrainingExample[],
): readonly JudgeReport[] {
  const trained = { isTrained: true, hasProbability: true };
  const judges: readonly Judge[] = [
    ...(mlp ? [{ ...trained, name: 'mlp', logit: ({ hidden }: TrainingExample) => mlpLogit(mlp, hidden) }] : []),
    ...(logistic
      ? [{ ...trained, name: 'logistic', logit: ({ features }: TrainingExample) => logisticLogit(logistic, features) }]
      : []),
    ...UNTRAINED.filter(({ needs }) => examples.every(({ features }) => needs.every((name) => name in features))).map(
      ({ name, logOdds }): Judge => ({
        name,
        isTrained: false,
        hasProbability: true,
        logit: ({ features }) => -logOdds((feature) => features[feature] ?? 0),
      }),
    ),
    { name: 'alwaysMentor', isTrained: false, hasProbability: false, logit: () => -1 },
    { name: 'alwaysGenerator', isTrained: false, hasProbability: false, logit: () => 1 },
  ];
  return judges.map((judge) => reportOf(judge, examples));
}

/** Verifications whose score the features tell: log-odds for the mentor's patch. */
const UNTRAINED: readonly {
  readonly name: string;
  readonly needs: readonly string[];
  readonly logOdds: (of: (feature: string) => number) => number;
}[] = [
  { name: 'letter', needs: ['letterLogOdds'], logOdds: (of) => of('letterLogOdds') },
  {
    name: 'letterSwapped',
    needs: ['letterLogOdds', 'letterLogOddsSwapped'],
    logOdds: (of) => of('letterLogOdds') + of('letterLogOddsSwapped'),
  },
  {
    name: 'confidence',
    needs: ['generatorConfidence', 'mentorConfidence'],
    logOdds: (of) => Math.log(of('mentorConfidence')) - Math.log(of('generatorConfidence')),
  },
  {
    name: 'likelihood',
    needs: ['ownPatchByGenerator', 'mentorPatchByGenerator', 'ownPatchByMentor', 'mentorPatchByMentor'],
    logOdds: (of) =>
      (of('mentorPatchByGenerator') + of('mentorPatchByMentor') - of('ownPatchByGenerator') - of('ownPatchByMentor')) /
      2,
  },
];

function reportOf(
  { name, isTrained, hasProbability, logit }: Judge,
  examples: readonly TrainingExample[],
): JudgeReport {
  const judged = examples.map((example) => ({ logit: logit(example), isRight: example.favoursGenerator }));
  const n = judged.length;
  const correct = judged.filter((one) => one.logit > 0 === one.isRight).length;
  const kept = judged.filter((one) => one.logit > 0).length;
  return {
    name,
    isTrained,
    n,
    correct,
    accuracy: n === 0 ? 0 : correct / n,
    interval: wilsonInterval(correct, n),
    keptGenerator: n === 0 ? 0 : kept / n,
    calibration: hasProbability
      ? calibration(judged.map((one) => ({ score: sigmoid(one.logit), isRight: one.isRight })))
      : null,
  };
}
