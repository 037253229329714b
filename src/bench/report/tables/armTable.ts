import { armsOf, isMentorAlone } from '../armsOf.ts';
import { PAPER } from '../paperFigures.ts';
import type { ArmReport, BenchReport, Score } from '../reportDocument.ts';
import { countText, NOTHING, shareIntervalText, shareText } from '../reportNumbers.ts';
import type { ReportTable } from './reportTable.ts';
import { nameColumn, numberColumns, textColumn } from './reportTable.ts';

/** What each arm is, by its number. */
export function armListTable(report: BenchReport): ReportTable {
  return {
    caption: 'The arms',
    columns: [...numberColumns('#'), nameColumn('Arm'), textColumn('What it is')],
    rows: armsOf(report).map(({ number, report: { arm, description } }) => [String(number), arm, description]),
  };
}

/** How accurate each arm is, and how much of its text the mentor wrote. */
export function accuracyTable(report: BenchReport): ReportTable {
  const published = shareText(PAPER.mentorShare);
  return {
    caption: 'Accuracy and mentor share by arm',
    columns: [
      ...numberColumns('#'),
      nameColumn('Arm'),
      ...numberColumns('n', 'Correct', 'Accuracy', '95% interval'),
      ...numberColumns(`Mentor share (paper: ${published})`, 'Mentor step share', 'Unparsed', 'Failed'),
    ],
    rows: armsOf(report).map(({ number, report: arm }) => [
      String(number),
      arm.arm,
      ...accuracyCells(arm),
      shareCell(arm, arm),
      stepShareCell(arm),
      countText(arm.unparsed),
      countText(arm.failed),
    ]),
    notes: [
      `n counts runs. Unparsed (no answer was found) and failed (ended with an error) runs count as wrong. The paper's ${published} is the share of tokens from the mentor, a mean over its ${PAPER.pairs} pairs of other models.`,
    ],
  };
}

/** The same by domain. */
export function domainTable(report: BenchReport): ReportTable {
  return {
    caption: 'Accuracy by domain',
    columns: [
      nameColumn('Domain'),
      ...numberColumns('#'),
      textColumn('Arm'),
      ...numberColumns('n', 'Correct', 'Accuracy', '95% interval', 'Mentor share', 'Unparsed', 'Failed'),
    ],
    rows: report.plan.domains.flatMap(({ domain, isRecall }) =>
      armsOf(report).flatMap(({ number, report: arm }) => {
        const score = arm.domains.find((own) => own.domain === domain);
        const name = domainName(domain, isRecall);
        return score ? [[name, String(number), arm.arm, ...domainCells(arm, score)]] : [];
      }),
    ),
    notes: report.plan.domains.some(({ isRecall }) => isRecall)
      ? [
          'Recall: the answers of this domain stood in the training of the models, so that it measures what they remember.',
        ]
      : [],
  };
}

/** A domain as tables and plots name it. */
export function domainName(domain: string, isRecall: boolean): string {
  return isRecall ? `${domain} (recall)` : domain;
}

function domainCells(arm: ArmReport, score: Score): readonly string[] {
  return [...accuracyCells(score), shareCell(arm, score), countText(score.unparsed), countText(score.failed)];
}

function accuracyCells(score: Score): readonly string[] {
  const { n, correct, accuracy } = score;
  if (n === 0) return ['0', NOTHING, NOTHING, NOTHING];
  return [countText(n), countText(correct), shareText(accuracy), shareIntervalText(score)];
}

function shareCell(arm: ArmReport, { n, mentorShare }: Score): string {
  if (isMentorAlone(arm)) return 'all of it';
  return arm.hasMentor && n > 0 ? shareText(mentorShare) : NOTHING;
}

function stepShareCell({ hasMentor, n, mentorStepShare }: ArmReport): string {
  return hasMentor && n > 0 ? shareText(mentorStepShare) : NOTHING;
}
