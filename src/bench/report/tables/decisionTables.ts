import type { Calibration } from '../../statistics/calibration.ts';
import { mentoredArms } from '../armsOf.ts';
import type { ArmReport, BenchReport, DecisionCounts, PositionBin } from '../reportDocument.ts';
import { countText, decimalText, NOTHING, shareText } from '../reportNumbers.ts';
import type { ReportTable } from './reportTable.ts';
import { nameColumn, numberColumns } from './reportTable.ts';

const DECISION_HEADS = ['Probes', 'Agreed', "Kept generator's patch", "Took mentor's patch"];

/** How probes went, by arm. */
export function decisionTable(report: BenchReport): ReportTable {
  return {
    caption: 'Decisions by arm',
    columns: [
      ...numberColumns('#'),
      nameColumn('Arm'),
      ...numberColumns(...DECISION_HEADS, 'Took mentor of divergences'),
    ],
    rows: mentoredArms(report).map(({ number, report: { arm, decisions } }) => [
      String(number),
      arm,
      ...decisionCells(decisions),
    ]),
  };
}

/** How probes of one arm went, by step. */
export function positionTable({ arm, positions }: ArmReport): ReportTable {
  return {
    caption: `Decisions by position: ${arm}`,
    columns: [
      nameColumn('Steps'),
      ...numberColumns('Steps of all runs', ...DECISION_HEADS, 'Took mentor of divergences'),
    ],
    rows: positions.map((bin) => [binName(bin), countText(bin.steps), ...decisionCells(bin)]),
  };
}

/** A bin's steps, its last included. */
export function binName({ from, to }: PositionBin): string {
  return to - 1 > from ? `${countText(from)} to ${countText(to - 1)}` : countText(from);
}

function decisionCells({ probes, agreed, keptGenerator, tookMentor }: DecisionCounts): readonly string[] {
  const divergences = keptGenerator + tookMentor;
  const taken = divergences === 0 ? NOTHING : shareText(tookMentor / divergences);
  return [...[probes, agreed, keptGenerator, tookMentor].map(countText), taken];
}

/** How well each arm's verifier knows, in one number each. */
export function calibrationTable(report: BenchReport): ReportTable {
  return {
    caption: 'Calibration of the verifier by arm',
    columns: [
      ...numberColumns('#'),
      nameColumn('Arm'),
      ...numberColumns('Divergences', 'Brier score', 'Calibration error', 'AUC'),
    ],
    rows: mentoredArms(report).flatMap(({ number, report: { arm, calibration } }) => {
      if (!calibration) return [];
      const { brier, expectedCalibrationError, auc } = calibration;
      const count = divergencesOf(calibration);
      return [[String(number), arm, countText(count), ...[brier, expectedCalibrationError, auc].map(decimalText)]];
    }),
  };
}

/** How many divergences a calibration stands on. */
export function divergencesOf({ bins }: Calibration): number {
  return bins.reduce((sum, { count }) => sum + count, 0);
}

/**
 * One verifier's calibration, bin by bin.
 *
 * @param name - the arm, or the verifier itself.
 * @param share - what came true, for the head of its column.
 */
export function reliabilityTable(name: string, { bins }: Calibration, share = 'Runs that were right'): ReportTable {
  return {
    caption: `Reliability of the verifier: ${name}`,
    columns: [nameColumn("Verifier's probability"), ...numberColumns('Divergences', 'Mean probability', share)],
    rows: bins.map(({ low, high, count, meanScore, shareRight }) => [
      `${low.toFixed(1)} to ${high.toFixed(1)}`,
      countText(count),
      decimalText(meanScore),
      shareRight === null ? NOTHING : shareText(shareRight),
    ]),
  };
}
