import { gainOf, mentoredArms } from '../armsOf.ts';
import { PAPER } from '../paperFigures.ts';
import type { BenchReport } from '../reportDocument.ts';
import { NOTHING, pointsIntervalText, pointsText, shareText, signedText } from '../reportNumbers.ts';
import type { ReportTable } from './reportTable.ts';
import { nameColumn, numberColumns } from './reportTable.ts';

/** What this bench has found beside what the paper has published. */
export function paperTable(report: BenchReport): ReportTable {
  return {
    caption: 'Published results of the paper, beside this bench',
    columns: [
      nameColumn('Arm'),
      ...numberColumns('Gain over the generator alone, points', '95% interval', 'Mentor share'),
    ],
    rows: mentoredArms(report).map(({ number, report: arm }) => {
      const gain = gainOf(report, arm.arm);
      return [
        `${number} ${arm.arm}`,
        ...(gain && gain.n > 0 ? [pointsText(gain.difference), pointsIntervalText(gain)] : [NOTHING, NOTHING]),
        arm.n === 0 ? NOTHING : shareText(arm.mentorShare),
      ];
    }),
    apart: [
      [
        `Published by the paper: ${PAPER.pairs} pairs of models, mean`,
        signedText(PAPER.averageGain),
        NOTHING,
        shareText(PAPER.mentorShare),
      ],
      [`Published by the paper: the best of them`, signedText(PAPER.bestGain), NOTHING, NOTHING],
    ],
    notes: [PAPER_NOTE],
  };
}

/** What the paper's figures are and are not. */
export const PAPER_NOTE = `Published (${PAPER.citation}), not measured here: over ${PAPER.pairs} pairs and ${PAPER.domains}, ${signedText(PAPER.averageGain)} points of accuracy on average, up to ${signedText(PAPER.bestGain)}, better than the generator alone in ${PAPER.improved} of ${PAPER.pairs} pairs, with ${shareText(PAPER.mentorShare)} of the tokens from the mentor. Models, data and judging differ from this bench, so that a figure here neither confirms nor refutes one there.`;
