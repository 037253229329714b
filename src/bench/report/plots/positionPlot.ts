import type { ArmReport, PositionBin } from '../reportDocument.ts';
import { countText } from '../reportNumbers.ts';
import type { Box } from './box.ts';
import { LinearScale, niceRange, niceTicks, rounded } from './scale.ts';
import { textWidth } from './textSize.ts';
import type { Tick } from './tick.ts';
import { apartBy } from './tick.ts';

/** Decisions over the steps of an arm's runs, as stacked bars. */
export interface PositionPlot {
  readonly width: number;
  readonly height: number;
  readonly frame: Box;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly bars: readonly PositionBar[];
}

export interface PositionBar {
  readonly outcome: StackedOutcome;
  readonly bin: PositionBin;
  readonly box: Box;
}

export type StackedOutcome = 'agreed' | 'keptGenerator' | 'tookMentor';

/** From the bottom up: what stands on the axis is compared best. */
export const STACK: readonly StackedOutcome[] = ['tookMentor', 'keptGenerator', 'agreed'];

const FRAME: Box = { left: 62, right: 468, top: 12, bottom: 226 };

/** The bars of an arm. */
export function positionPlot({ positions }: ArmReport): PositionPlot {
  const steps = {
    low: Math.min(0, ...positions.map(({ from }) => from)),
    high: Math.max(1, ...positions.map(({ to }) => to)),
  };
  const x = new LinearScale(steps, FRAME.left, FRAME.right);
  const most = Math.max(1, ...positions.map((bin) => STACK.reduce((sum, outcome) => sum + bin[outcome], 0)));
  const counts = niceRange([0, most], { low: 0, high: Infinity });
  const y = new LinearScale(counts, FRAME.bottom, FRAME.top);
  const tickLabels = niceTicks(steps, 6).map((value) => ({ at: x.at(value), label: countText(value) }));
  const widest = Math.max(0, ...tickLabels.map(({ label }) => textWidth(label)));
  return {
    width: 480,
    height: 280,
    frame: FRAME,
    xTicks: apartBy(tickLabels, widest + 6),
    yTicks: niceTicks(counts, 4)
      .filter(Number.isInteger)
      .map((value) => ({ at: y.at(value), label: countText(value) })),
    bars: positions.flatMap((bin) => barsOf(bin, x, y)),
  };
}

function barsOf(bin: PositionBin, x: LinearScale, y: LinearScale): readonly PositionBar[] {
  const [left, right] = [x.at(bin.from), x.at(bin.to)];
  const gap = Math.min(1, (right - left) / 6);
  let below = 0;
  return STACK.flatMap((outcome) => {
    const from = below;
    below += bin[outcome];
    if (bin[outcome] === 0) return [];
    const box = { left: rounded(left + gap), right: rounded(right - gap), top: y.at(below), bottom: y.at(from) };
    return [{ outcome, bin, box }];
  });
}
