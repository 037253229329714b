import { escapeMarkdown } from '../../../export/escapeMarkdown.ts';
import { markdownHeading, markdownTable } from '../../report/markdownParts.ts';
import { reliabilityTable } from '../../report/tables/decisionTables.ts';
import type { TrainingReport } from '../trainingDocument.ts';
import { countTable, epochTable, featureTable, judgeTable, trainedModelTable } from './trainingTables.ts';
import { judgeName, trainingFindings, trainingMethod, trainingPlanWords } from './trainingWords.ts';

/** A training as Markdown with GitHub's tables: everything that the page tells but its plots. */
export function trainingMarkdown(report: TrainingReport): string {
  const reliability = report.judges.flatMap(({ name, isTrained, calibration }) =>
    calibration && isTrained ? [reliabilityTable(judgeName(name), calibration, 'Generator’s branch was right')] : [],
  );
  const parts = [
    markdownHeading(1, `Verifier for ${report.models.generator.name}`),
    escapeMarkdown(trainingPlanWords(report)),
    trainingFindings(report)
      .map((finding) => `- ${escapeMarkdown(finding)}`)
      .join('\n'),
    markdownHeading(2, 'Judges'),
    markdownTable(judgeTable(report)),
    markdownHeading(2, 'Calibration'),
    ...reliability.map(markdownTable),
    markdownHeading(2, 'Training'),
    ...[epochTable(report), featureTable(report)].map(markdownTable),
    markdownHeading(2, 'Questions'),
    markdownTable(countTable(report)),
    markdownHeading(2, 'Method'),
    ...trainingMethod(report).map((words) => escapeMarkdown(words)),
    markdownTable(trainedModelTable(report)),
  ];
  return `${parts.join('\n\n')}\n`;
}
