import type { TrainingReport } from '../../bench/training/trainingDocument.ts';
import { formatCount, formatShare } from '../../export/formatNumbers.ts';

/** What a notification says of a training that is over. */
export function trainingEndWords({ models, judges, examples }: TrainingReport): string {
  const accuracyOf = (name: string): string => {
    const judge = judges.find((one) => one.name === name);
    return judge ? formatShare(judge.accuracy) : '–';
  };
  return `A verifier for ${models.generator.name} is trained. On ${formatCount(examples.heldOut)} held-out divergences the MLP keeps the right patch in ${accuracyOf('mlp')}, the logistic model in ${accuracyOf('logistic')}, the published letter in ${accuracyOf('letter')}, and always taking the mentor's in ${accuracyOf('alwaysMentor')}.`;
}
