import { gainOf, generatorAlone, mentoredArms } from '../armsOf.ts';
import { PAPER } from '../paperFigures.ts';
import type { BenchReport, MatrixReport } from '../reportDocument.ts';
import { countText, NOTHING, pointsIntervalText, pointsText, shareText, signedText } from '../reportNumbers.ts';
import { PAPER_NOTE } from './paperTable.ts';
import type { ReportTable } from './reportTable.ts';
import { nameColumn, numberColumns, textColumn } from './reportTable.ts';

/** The paper's summary figures over all pairs, beside the paper's own. */
export function matrixSummaryTable({ summary }: MatrixReport): ReportTable {
  return {
    caption: 'Over all pairs of models',
    columns: [
      nameColumn('Arm'),
      ...numberColumns('Pairs', 'Average gain, points', 'Best gain, points', 'Pairs improved', 'Mentor share'),
    ],
    rows: summary.map(({ arm, pairs, averageGain, bestGain, improved, mentorShare }) => [
      arm,
      countText(pairs),
      ...(pairs === 0 ? [NOTHING, NOTHING, NOTHING, NOTHING] : [signedText(averageGain), signedText(bestGain)]),
      ...(pairs === 0 ? [] : [`${countText(improved)} of ${countText(pairs)}`, shareText(mentorShare)]),
    ]),
    apart: [
      [
        'Published by the paper',
        String(PAPER.pairs),
        signedText(PAPER.averageGain),
        signedText(PAPER.bestGain),
        `${PAPER.improved} of ${PAPER.pairs}`,
        shareText(PAPER.mentorShare),
      ],
    ],
    notes: ['Gain: accuracy minus that of the generator alone, in points of 100.', PAPER_NOTE],
  };
}

/** What each pair of models gained with each arm. */
export function matrixPairTable({ matrix }: MatrixReport): ReportTable {
  return {
    caption: 'Pair by pair',
    columns: [
      nameColumn('Pair'),
      textColumn('Arm'),
      ...numberColumns('Generator alone', 'Arm', 'Gain, points', '95% interval', 'Mentor share'),
    ],
    rows: matrix.flatMap((report, index) => {
      const alone = generatorAlone(report);
      return mentoredArms(report).map(({ report: arm }) => {
        const gain = gainOf(report, arm.arm);
        return [
          `${index + 1} ${pairName(report)}`,
          arm.arm,
          alone ? shareText(alone.accuracy) : NOTHING,
          ...(arm.n === 0 ? [NOTHING] : [shareText(arm.accuracy)]),
          ...(gain && gain.n > 0 ? [pointsText(gain.difference), pointsIntervalText(gain)] : [NOTHING, NOTHING]),
          arm.n === 0 ? NOTHING : shareText(arm.mentorShare),
        ];
      });
    }),
  };
}

/** Both models of a pair. */
export function pairName({ plan: { generator, mentor } }: BenchReport): string {
  return mentor ? `${generator.name} with ${mentor.name}` : `${generator.name} alone`;
}
