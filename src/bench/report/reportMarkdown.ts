import { escapeMarkdown } from '../../export/escapeMarkdown.ts';
import { armsOf, mentoredArms } from './armsOf.ts';
import { markdownHeading, markdownTable } from './markdownParts.ts';
import { methodWords } from './methodWords.ts';
import type { BenchReport, ItemReport, ItemRun, MatrixReport } from './reportDocument.ts';
import { NOTHING } from './reportNumbers.ts';
import { findingWords, missingWords, planWords } from './reportWords.ts';
import { accuracyTable, armListTable, domainTable } from './tables/armTable.ts';
import { stopTable, timeTable, tokenTable } from './tables/costTables.ts';
import { calibrationTable, decisionTable, positionTable, reliabilityTable } from './tables/decisionTables.ts';
import { matrixPairTable, matrixSummaryTable, pairName } from './tables/matrixTables.ts';
import { modelTable } from './tables/modelTable.ts';
import { pairTable } from './tables/pairTable.ts';
import { paperTable } from './tables/paperTable.ts';
import type { ReportTable } from './tables/reportTable.ts';
import { nameColumn, textColumn } from './tables/reportTable.ts';

/** A bench, or a matrix of them, as Markdown with GitHub's tables: everything that the page tells but its plots. */
export function reportMarkdown(report: BenchReport | MatrixReport): string {
  const parts = report.format === 'mentorcollab-bench' ? benchParts(report) : matrixParts(report);
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function benchParts(report: BenchReport): readonly string[] {
  return [markdownHeading(1, `Benchmark: ${report.plan.data}`), ...bodyParts(report, 2)];
}

function matrixParts(matrix: MatrixReport): readonly string[] {
  return [
    markdownHeading(1, `Benchmark of ${matrix.matrix.length} pairs of models`),
    markdownTable(matrixSummaryTable(matrix)),
    markdownTable(matrixPairTable(matrix)),
    ...matrix.matrix.flatMap((report, index) => [
      markdownHeading(2, `${index + 1} ${pairName(report)}`),
      ...bodyParts(report, 3),
    ]),
  ];
}

function bodyParts(report: BenchReport, level: number): readonly string[] {
  const missing = missingWords(report);
  const section = (title: string, tables: readonly string[]): readonly string[] =>
    tables.some(Boolean) ? [markdownHeading(level, title), ...tables] : [];
  const mentored = mentoredArms(report).map((arm) => arm.report);
  return [
    `${escapeMarkdown(pairName(report))}. ${escapeMarkdown(planWords(report), false)}`,
    missing === null ? '' : `> **${escapeMarkdown(missing)}**`,
    findingWords(report)
      .map((finding) => `- ${escapeMarkdown(finding)}`)
      .join('\n'),
    ...section('Accuracy', [armListTable(report), accuracyTable(report), domainTable(report)].map(markdownTable)),
    ...section('Comparisons', [markdownTable(pairTable(report))]),
    ...section('Cost', [tokenTable(report), timeTable(report), stopTable(report)].map(markdownTable)),
    ...section('Decisions', [decisionTable(report), ...mentored.map(positionTable)].map(markdownTable)),
    ...section('Calibration of the verifier', calibrationTables(report)),
    ...section('Published results of the paper', [mentored.length === 0 ? '' : markdownTable(paperTable(report))]),
    ...section('Method', [
      ...methodWords(report).map((words) => escapeMarkdown(words)),
      markdownTable(modelTable(report)),
    ]),
    ...section('Items', [markdownTable(itemTable(report))]),
  ];
}

function calibrationTables(report: BenchReport): readonly string[] {
  const reliability = mentoredArms(report).flatMap(({ report: { arm, calibration } }) =>
    calibration ? [reliabilityTable(arm, calibration)] : [],
  );
  return [calibrationTable(report), ...reliability].map(markdownTable);
}

function itemTable(report: BenchReport): ReportTable {
  const arms = armsOf(report);
  return {
    caption: 'Items',
    columns: [
      nameColumn('Item'),
      ...['Domain', 'Question', 'Expected'].map((head) => textColumn(head)),
      ...arms.map(({ number, report: { arm } }) => textColumn(`${number} ${arm}`)),
    ],
    rows: report.items.map((item) => [
      item.id,
      item.domain,
      item.question,
      item.expected,
      ...arms.map(({ report: { arm } }) => runWords(item, arm)),
    ]),
  };
}

function runWords({ runs }: ItemReport, arm: string): string {
  const own = runs.filter((run) => run.arm === arm);
  const words = own.map((run) => `${run.isCorrect ? '✓' : '✗'} ${answerWords(run)}`);
  return words.join('; ') || NOTHING;
}

function answerWords({ answer, stop }: ItemRun): string {
  if (stop === 'failed') return '(failed)';
  return answer ?? '(no answer)';
}
