import type { Box } from './box.ts';
import { boxAround, contains, overlaps } from './box.ts';
import { rounded } from './scale.ts';
import { LINE_HEIGHT, textWidth } from './textSize.ts';

/** What is to be named, and where it stands. */
export interface Labelled {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Where a label stands. */
export interface PlacedLabel {
  readonly text: string;
  /** Middle of its text. */
  readonly x: number;
  readonly y: number;
  readonly box: Box;
  /** Where a line from what it names ends, where it stands so far off that one must lead to it; else null. */
  readonly lead: { readonly x: number; readonly y: number } | null;
}

const NEAR = 11;
const GROWTH = 7;
const RINGS = 40;
const DIRECTIONS = 16;

/**
 * Finds each label a place close to its point, within the frame, over no other label and none of the obstacles; null
 * where there is none, and its legend has to name it.
 */
export function placeLabels(
  points: readonly Labelled[],
  frame: Box,
  obstacles: readonly Box[],
): readonly (PlacedLabel | null)[] {
  const taken: Box[] = [...obstacles];
  return points.map((point) => {
    const placed = firstFree(point, frame, taken);
    if (placed) taken.push(placed.box);
    return placed;
  });
}

function firstFree({ x, y, text }: Labelled, frame: Box, taken: readonly Box[]): PlacedLabel | null {
  const width = textWidth(text) + 4;
  for (let ring = 0; ring < RINGS; ring++) {
    const gap = NEAR + ring * GROWTH;
    for (let turn = 0; turn < DIRECTIONS; turn++) {
      // To the right first, where one looks for a name; then around.
      const angle = (turn * 2 * Math.PI) / DIRECTIONS;
      const [across, down] = [Math.cos(angle), Math.sin(angle)];
      const [centreX, centreY] = [x + across * (gap + width / 2), y + down * (gap + LINE_HEIGHT / 2)];
      const box = boxAround(centreX, centreY, width, LINE_HEIGHT);
      if (!contains(frame, box) || taken.some((other) => overlaps(other, box))) continue;
      const lead = ring > 1 ? nearestOf(box, x, y) : null;
      return { text, x: rounded(centreX), y: rounded(centreY), box, lead };
    }
  }
  return null;
}

function nearestOf(
  { left, right, top, bottom }: Box,
  x: number,
  y: number,
): { readonly x: number; readonly y: number } {
  return { x: rounded(Math.min(right, Math.max(left, x))), y: rounded(Math.min(bottom, Math.max(top, y))) };
}
