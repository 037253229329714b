import type { EpochLosses } from '../../../verifier/training/fitMlp.ts';
import { countText } from '../reportNumbers.ts';
import type { Box } from './box.ts';
import { LinearScale, niceRange, niceTicks } from './scale.ts';
import type { Tick } from './tick.ts';

/** Losses over the epochs of a training, as two lines. */
export interface LossPlot {
  readonly width: number;
  readonly height: number;
  readonly frame: Box;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly training: readonly Place[];
  readonly stopping: readonly Place[];
  /** The epoch whose weights were kept, on the line of the stopping loss; null where there is none. */
  readonly best: Place | null;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const FRAME: Box = { left: 62, right: 468, top: 12, bottom: 226 };

/** The lines of a training. */
export function lossPlot(epochs: readonly EpochLosses[], bestEpoch: number): LossPlot {
  const all = epochs.flatMap(({ training, stopping }) => [training, stopping]);
  const losses = niceRange([0, ...all], { low: 0, high: Infinity });
  const x = new LinearScale({ low: 1, high: Math.max(2, epochs.length) }, FRAME.left, FRAME.right);
  const y = new LinearScale(losses, FRAME.bottom, FRAME.top);
  const line = (of: (epoch: EpochLosses) => number): readonly Place[] =>
    epochs.map((epoch) => ({ x: x.at(epoch.epoch), y: y.at(of(epoch)) }));
  const stopping = line((epoch) => epoch.stopping);
  return {
    width: 480,
    height: 280,
    frame: FRAME,
    xTicks: niceTicks({ low: 1, high: Math.max(2, epochs.length) }, 8)
      .filter(Number.isInteger)
      .map((value) => ({ at: x.at(value), label: countText(value) })),
    yTicks: niceTicks(losses, 4).map((value) => ({ at: y.at(value), label: String(value) })),
    training: line((epoch) => epoch.training),
    stopping,
    best: stopping[bestEpoch - 1] ?? null,
  };
}
