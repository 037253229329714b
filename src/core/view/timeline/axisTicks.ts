import { rounded } from './timelineCurves.ts';
import type { TimelineFrame, TimelineLayout } from './timelineLayout.ts';
import { TimelineScale } from './timelineLayout.ts';
import type { TimelineSeries } from './timelineSeries.ts';

/** A label of the axis: a step's number and, where there is room, its word. */
export interface AxisTick {
  readonly step: number;
  readonly x: number;
  readonly label: string;
  /** Which end of the label is at `x`. */
  readonly anchor: 'start' | 'middle' | 'end';
}

/** The least room between two labels, in CSS pixels. */
const LEAST_ROOM = 72;
/** About what a character of a label takes, in CSS pixels. */
const CHARACTER = 6.5;
/** Beyond so many steps one word says nothing of those around it. */
const MOST_STEPS_WITH_WORDS = 400;

/** The labels of the axis at round numbers of steps. */
export function axisTicks(series: TimelineSeries, frame: TimelineFrame, layout: TimelineLayout): AxisTick[] {
  const scale = new TimelineScale(frame, layout);
  const every = roundUp(LEAST_ROOM / scale.stepWidth);
  const hasWords = frame.to - frame.from <= MOST_STEPS_WITH_WORDS;
  const ticks: AxisTick[] = [];
  for (let step = Math.ceil(frame.from / every) * every; step < frame.to; step += every) {
    const number = step.toLocaleString('en-US');
    const room = (every * scale.stepWidth) / CHARACTER - number.length - 3;
    const word = hasWords ? shortened(series.at(step)?.text ?? '', room) : '';
    const x = rounded(scale.x(step));
    ticks.push({ step, x, label: word === '' ? number : `${number} ${word}`, anchor: anchorAt(x, layout) });
  }
  return ticks;
}

/** The next of 1, 2, 5, 10, 20, 50 … that is no less than a number; from 1 on. */
export function roundUp(least: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, least))));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= least) ?? 10 * power;
}

function anchorAt(x: number, { left, right }: TimelineLayout): AxisTick['anchor'] {
  if (x < left + LEAST_ROOM / 3) return 'start';
  return x > right - LEAST_ROOM / 3 ? 'end' : 'middle';
}

/** A text on one line and with at most so many characters; nothing where that would be too few to tell. */
function shortened(text: string, most: number): string {
  const characters = Array.from(text.trim().replace(/\s+/g, ' '));
  if (characters.length <= most) return characters.join('');
  return most < 3 ? '' : `${characters.slice(0, Math.floor(most) - 1).join('')}…`;
}
