import type { StopReason, TokenCounts } from '../../../core/runEvent.ts';
import { armsOf, generatorAlone, isMentorAlone } from '../armsOf.ts';
import type { ArmReport, BenchReport } from '../reportDocument.ts';
import { countText, durationText, NOTHING, ratioText } from '../reportNumbers.ts';
import type { ReportRow, ReportTable } from './reportTable.ts';
import { nameColumn, numberColumns, textColumn } from './reportTable.ts';

/** What each model decoded and read, by arm. */
export function tokenTable(report: BenchReport): ReportTable {
  return {
    caption: 'Tokens by arm and model, sums over all runs',
    columns: [
      ...numberColumns('#'),
      nameColumn('Arm'),
      textColumn('Model'),
      ...numberColumns('Accepted', 'Decoded', 'Prefilled'),
    ],
    rows: armsOf(report).flatMap(({ number, report: arm }) =>
      modelsOf(arm).map(([model, { accepted, decoded, prefilled }]): ReportRow => {
        return [String(number), arm.arm, model, ...[accepted, decoded, prefilled].map(countText)];
      }),
    ),
    notes: [
      'Accepted tokens stand in the final text; decoded ones were written, patches that were not kept included; prefilled ones were read.',
    ],
  };
}

function modelsOf(arm: ArmReport): readonly (readonly [string, TokenCounts])[] {
  const { generator, mentor, verifier } = arm.tokens;
  return [
    [isMentorAlone(arm) ? 'mentor' : 'generator', generator],
    ...(arm.hasMentor ? ([['mentor', mentor]] as const) : []),
    ...(verifier ? ([['verifier', verifier]] as const) : []),
  ];
}

/** How long each arm took, in all and against the generator alone. */
export function timeTable(report: BenchReport): ReportTable {
  const base = generatorAlone(report);
  const basePerRun = base ? base.timeMs / base.n : null;
  return {
    caption: 'Time by arm',
    columns: [
      ...numberColumns('#'),
      nameColumn('Arm'),
      ...numberColumns('In all', 'Per run', 'Per run, generator alone = 1'),
    ],
    rows: armsOf(report).map(({ number, report: { arm, n, timeMs } }) => {
      if (n === 0) return [String(number), arm, NOTHING, NOTHING, NOTHING];
      const ratio = basePerRun === null || basePerRun === 0 ? null : timeMs / n / basePerRun;
      return [String(number), arm, durationText(timeMs), durationText(timeMs / n), ratioText(ratio)];
    }),
    notes: [
      'Runs at the same time share the machine: ratios within one bench say more than its times, and times of other machines are no comparison.',
    ],
  };
}

const STOPS: readonly (readonly [StopReason, string])[] = [
  ['end', 'Finished'],
  ['maxTokens', 'Token limit'],
  ['repeat', 'Three equal texts'],
  ['stopString', 'Stop string'],
  ['cancelled', 'Cancelled'],
  ['failed', 'Failed'],
];

/** Why the runs of each arm ended. */
export function stopTable(report: BenchReport): ReportTable {
  return {
    caption: 'How runs ended, by arm',
    columns: [...numberColumns('#'), nameColumn('Arm'), ...numberColumns(...STOPS.map(([, head]) => head))],
    rows: armsOf(report).map(({ number, report: { arm, stops } }) => [
      String(number),
      arm,
      ...STOPS.map(([stop]) => countText(stops[stop] ?? 0)),
    ]),
  };
}
