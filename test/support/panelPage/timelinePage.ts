import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { PanelPage } from './panelPage.ts';
import { panelRun, sampleRun } from './sampleRun.ts';
import { unevenLines, unevenRun } from './unevenRun.ts';

/** Steps of the sample run. */
export const SAMPLE_LENGTH = sampleRun().script.lines.filter(({ type }) => type === 'step-taken').length;
const middle = unevenRun(600);
const MIDDLE_LINES = unevenLines(middle);
/** Steps of the run of 600 words. */
export const MIDDLE_LENGTH = MIDDLE_LINES.filter(({ type }) => type === 'step-taken').length;

/** The timeline's chart. */
export function slider(panel: PanelPage): Locator {
  return panel.page.getByRole('slider', { name: 'Timeline of the run' });
}

/** What a screen reader says of the step that the timeline is at. */
export async function said(panel: PanelPage): Promise<string> {
  return (await slider(panel).getAttribute('aria-valuetext')) ?? '';
}

/** Where a step is in the window; the height as a share of the timeline's. */
export async function placeOf(
  panel: PanelPage,
  step: number,
  { length = SAMPLE_LENGTH, height = 0.3 } = {},
): Promise<{ readonly x: number; readonly y: number }> {
  const plot = await panel.page.locator('.timeline-axis').boundingBox();
  const chart = await slider(panel).boundingBox();
  assert.ok(plot && chart);
  return { x: plot.x + ((step + 0.5) / length) * plot.width, y: chart.y + height * chart.height };
}

/** Where the rows of marks are, as a share of the timeline's height. */
export const TAKEN_ROW = 0.54;

/** Drags over the timeline, from a step to another. */
export async function drag(
  panel: PanelPage,
  from: number,
  to: number,
  at: { length: number; height?: number },
): Promise<void> {
  const [start, end] = [await placeOf(panel, from, at), await placeOf(panel, to, at)];
  await panel.page.mouse.move(start.x, start.y);
  await panel.page.mouse.down();
  await panel.page.mouse.move((start.x + end.x) / 2, start.y);
  await panel.page.mouse.move(end.x, end.y);
  await panel.page.mouse.up();
}

/** Shows the run of 600 words and waits for its timeline. */
export async function showMiddle(panel: PanelPage): Promise<void> {
  await panel.show(panelRun(middle, { lines: MIDDLE_LINES }));
  await slider(panel).waitFor();
  await panel.page.locator('.timeline-sight-bar').waitFor();
}

/** The steps whose words the bar above the timeline says can be seen. */
export async function sightOf(
  panel: PanelPage,
  length: number,
): Promise<{ readonly first: number; readonly last: number }> {
  const plot = await panel.page.locator('.timeline-axis').boundingBox();
  const bar = await panel.page.locator('.timeline-sight-bar').boundingBox();
  assert.ok(plot && bar);
  const stepAt = (x: number): number => Math.round(((x - plot.x) / plot.width) * length);
  return { first: stepAt(bar.x), last: stepAt(bar.x + bar.width) - 1 };
}

/** The step that the inspector shows; null while it is closed. */
export async function openStep(panel: PanelPage): Promise<number | null> {
  const heading = panel.page.getByRole('complementary').getByRole('heading', { level: 2 });
  return (await heading.count()) === 0 ? null : Number(/Step (\d+)/.exec(await heading.innerText())?.[1]);
}
