import type { Calibration } from '../../statistics/calibration.ts';
import type { Box } from './box.ts';
import { LinearScale, niceTicks, rounded } from './scale.ts';
import type { Tick } from './tick.ts';

/** What a verifier's probabilities came to, with how many stand behind each point. */
export interface ReliabilityPlot {
  readonly width: number;
  readonly height: number;
  readonly frame: Box;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly points: readonly { readonly x: number; readonly y: number; readonly bin: number }[];
  /** Counts of the bins, as bars below the plot. */
  readonly counts: readonly CountBar[];
  readonly countFrame: Box;
}

export interface CountBar {
  readonly box: Box;
  readonly label: string;
}

const FRAME: Box = { left: 62, right: 468, top: 12, bottom: 272 };
const COUNTS: Box = { left: 62, right: 468, top: 302, bottom: 350 };
const UNIT = { low: 0, high: 1 };

/** The points of a calibration. */
export function reliabilityPlot({ bins }: Calibration): ReliabilityPlot {
  const x = new LinearScale(UNIT, FRAME.left, FRAME.right);
  const y = new LinearScale(UNIT, FRAME.bottom, FRAME.top);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const height = new LinearScale({ low: 0, high: most }, COUNTS.bottom, COUNTS.top);
  return {
    width: 480,
    height: 404,
    frame: FRAME,
    xTicks: niceTicks(UNIT, 5).map((value) => ({ at: x.at(value), label: value.toFixed(1) })),
    yTicks: niceTicks(UNIT, 5).map((value) => ({ at: y.at(value), label: `${Math.round(value * 100)}%` })),
    points: bins.flatMap(({ meanScore, shareRight }, bin) =>
      meanScore === null || shareRight === null ? [] : [{ x: x.at(meanScore), y: y.at(shareRight), bin }],
    ),
    counts: bins.map(({ low, high, count }) => ({
      box: {
        left: rounded(x.at(low) + 2),
        right: rounded(x.at(high) - 2),
        top: height.at(count),
        bottom: COUNTS.bottom,
      },
      label: shortCount(count),
    })),
    countFrame: COUNTS,
  };
}

/** Short enough for a tenth of the width. */
function shortCount(count: number): string {
  if (count < 10_000) return String(count);
  return count < 1_000_000 ? `${Math.round(count / 1_000)}k` : `${Math.round(count / 1_000_000)}M`;
}
