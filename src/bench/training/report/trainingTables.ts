import { countText, decimalText, NOTHING, shareIntervalText, shareText } from '../../report/reportNumbers.ts';
import type { ReportTable } from '../../report/tables/reportTable.ts';
import { nameColumn, numberColumns, textColumn } from '../../report/tables/reportTable.ts';
import type { TrainingReport } from '../trainingDocument.ts';
import { judgeName } from './trainingWords.ts';

/** How every way to judge does on the held-out divergences. */
export function judgeTable({ judges }: TrainingReport): ReportTable {
  return {
    caption: 'Judges on held-out divergences',
    columns: [
      nameColumn('Judge'),
      ...numberColumns(
        'Divergences',
        'Right',
        '95% interval',
        "Kept generator's",
        'AUC',
        'Brier score',
        'Calibration error',
      ),
    ],
    rows: judges.map(({ name, n, accuracy, interval, keptGenerator, calibration }) => [
      judgeName(name),
      countText(n),
      ...(n === 0
        ? [NOTHING, NOTHING, NOTHING]
        : [shareText(accuracy), shareIntervalText(interval), shareText(keptGenerator)]),
      ...[calibration?.auc, calibration?.brier, calibration?.expectedCalibrationError].map((one) =>
        decimalText(one ?? null),
      ),
    ]),
  };
}

/** What became of questions and divergences. */
export function countTable({ counts, examples }: TrainingReport): ReportTable {
  const rows: readonly (readonly [string, number])[] = [
    ['Questions run', counts.questions],
    ['… of which the base run answered right', counts.baseRight],
    ['Divergences', counts.divergences],
    ['… run both ways', counts.tried],
    ['Only the mentor’s branch right', counts.favourMentor],
    ['Only the generator’s branch right', counts.favourGenerator],
    ['Both right', counts.bothRight],
    ['Both wrong', counts.bothWrong],
    ['Learnt from', examples.training],
    ['Told when to stop', examples.stopping],
    ['Held out', examples.heldOut],
  ];
  return {
    caption: 'Questions and divergences',
    columns: [nameColumn('What'), ...numberColumns('Count')],
    rows: rows.map(([name, count]) => [name, countText(count)]),
  };
}

/** The losses of the MLP, epoch by epoch. */
export function epochTable({ epochs, bestEpoch }: TrainingReport): ReportTable {
  return {
    caption: 'Losses of the MLP by epoch',
    columns: [nameColumn('Epoch'), ...numberColumns('Training, nats', 'Stopping, nats'), textColumn('Kept')],
    rows: epochs.map(({ epoch, training, stopping }) => [
      countText(epoch),
      decimalText(training),
      decimalText(stopping),
      epoch === bestEpoch ? 'yes' : '',
    ]),
  };
}

/** What the logistic model goes by, the heaviest feature first. */
export function featureTable({ logistic }: TrainingReport): ReportTable {
  const features = logistic.features.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return {
    caption: 'Features of the logistic model',
    columns: [nameColumn('Feature'), ...numberColumns('Weight, nats a standard deviation')],
    rows: features.map(({ name, weight }) => [name, signed(weight)]),
    notes: [`Above 0 a feature speaks for the generator’s patch. The bias is ${signed(logistic.bias)} nats.`],
  };
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

/** Which models were trained for. */
export function trainedModelTable({ models }: TrainingReport): ReportTable {
  const { generator, mentor } = models;
  return {
    caption: 'Models',
    columns: [nameColumn('Role'), ...['Model', 'SHA-256 of the file', 'Ran on'].map((head) => textColumn(head))],
    rows: [
      ['generator', generator.name, generator.sha256 ?? NOTHING, generator.server ?? 'this machine'],
      ['mentor', mentor.name, mentor.sha256 ?? NOTHING, mentor.server ?? 'this machine'],
    ],
  };
}
