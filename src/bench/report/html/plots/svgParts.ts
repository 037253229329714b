import { escapeHtml } from '../../../../export/escapeHtml.ts';
import { armLook, armMark } from '../../plots/armMarks.ts';
import type { Box } from '../../plots/box.ts';
import type { Tick } from '../../plots/tick.ts';

/** Text in a plot. */
export function svgText(
  at: { readonly x: number; readonly y: number },
  text: string,
  { anchor = 'start', name }: { readonly anchor?: 'start' | 'middle' | 'end'; readonly name?: string } = {},
): string {
  const styled = name === undefined ? '' : ` class="${name}"`;
  return `<text x="${at.x}" y="${at.y}" text-anchor="${anchor}"${styled}>${escapeHtml(text)}</text>`;
}

/** A line or outline. */
export function svgPath(name: string, d: string): string {
  return `<path class="${name}" d="${d}"/>`;
}

/** A filled rectangle. */
export function svgBox(name: string, { left, top, right, bottom }: Box): string {
  const [width, height] = [right - left, bottom - top].map((length) => Math.max(0, Number(length.toFixed(2))));
  return `<rect class="${name}" x="${left}" y="${top}" width="${width}" height="${height}"/>`;
}

/** The axis along the bottom: grid lines, tick labels and what it measures. */
export function bottomAxis({ left, right, top, bottom }: Box, ticks: readonly Tick[], title: string): string {
  return [
    svgPath('grid', ticks.map(({ at }) => `M${at} ${top}V${bottom}`).join('')),
    svgPath('axis', `M${left} ${bottom}H${right}`),
    ...ticks.map(({ at, label }) => svgText({ x: at, y: bottom + 16 }, label, { anchor: 'middle' })),
    svgText({ x: (left + right) / 2, y: bottom + 34 }, title, { anchor: 'middle', name: 'axis-title' }),
  ].join('\n');
}

/** The axis along the left, told in the same way; its title reads upwards. */
export function leftAxis({ left, right, top, bottom }: Box, ticks: readonly Tick[], title: string): string {
  const middle = (top + bottom) / 2;
  return [
    svgPath('grid', ticks.map(({ at }) => `M${left} ${at}H${right}`).join('')),
    svgPath('axis', `M${left} ${top}V${bottom}`),
    ...ticks.map(({ at, label }) => svgText({ x: left - 6, y: at + 4 }, label, { anchor: 'end' })),
    `<text class="axis-title" x="14" y="${middle}" text-anchor="middle" transform="rotate(-90 14 ${middle})">${escapeHtml(title)}</text>`,
  ].join('\n');
}

/** The mark of an arm, told apart by its shape as well as by its colour. */
export function svgMark(number: number, x: number, y: number): string {
  return svgPath(`mark ${armClasses(number)}`, armMark(number, x, y));
}

/** Classes of what is drawn in an arm's colour. */
export function armClasses(number: number): string {
  const { colour, isHollow } = armLook(number);
  return `arm-${colour}${isHollow ? ' hollow' : ''}`;
}

/** An arm's mark for a legend or a table. */
export function markSample(number: number): string {
  return `<svg class="sample" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${svgMark(number, 8, 8)}</svg>`;
}
