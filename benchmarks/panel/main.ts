// `npm run bench:panel [-- --json]`: what Chromium has to do in the panel for runs of 500, 2,000 and 10,000 words, and for
// one of 10,000 words without a line end: opening, streaming, walking the marks, scrolling, another width and Rendered.
// Times are of the page's main thread; what counts is how they grow with the words, told as times the first row.
import { parseArgs } from 'node:util';
import { PageMeter } from '../../test/support/panelPage/pageCosts.ts';
import type { PanelPage } from '../../test/support/panelPage/panelPage.ts';
import { PanelBrowser } from '../../test/support/panelPage/panelPage.ts';
import { reasoningRun } from '../../test/support/panelPage/reasoningRun.ts';
import { panelRun } from '../../test/support/panelPage/sampleRun.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const REASONING = { phase: 'reasoning', sinceMs: 0 } as const;
/** The batches that are streamed at the run's end, and the lines of each. */
const BATCHES = 20;
const BATCH_LINES = 3;

interface Row {
  readonly run: string;
  /** Main thread time of each action, in milliseconds. */
  readonly taskMs: Readonly<Record<string, number>>;
}

const browser = await PanelBrowser.start();
const rows: Row[] = [];
for (const words of [500, 2_000, 10_000]) rows.push(await measure(`${words.toLocaleString('en')} words`, words, false));
rows.push(await measure('10,000 words in one line', 10_000, true));
await browser.close();
if (values.json) console.log(JSON.stringify(rows, null, 2));
else console.log(formatRows(rows));

async function measure(run: string, steps: number, isOneLine: boolean): Promise<Row> {
  const script = reasoningRun({ steps, isOneLine });
  const panel = await browser.open();
  const meter = await PageMeter.of(panel);
  const taskMs: Record<string, number> = {};
  const take = async (name: string, action: () => Promise<unknown>): Promise<void> => {
    taskMs[name] = (await meter.measure(action)).taskMs;
  };
  const tail = script.lines.length - BATCHES * BATCH_LINES;
  await take('open', () => panel.show(panelRun(script, { lines: script.lines.slice(0, tail), state: REASONING })));
  await take(`stream x${BATCHES}`, async () => {
    for (let at = tail; at < script.lines.length; at += BATCH_LINES) {
      await panel.send({ type: 'lines-added', runId: script.runId, lines: script.lines.slice(at, at + BATCH_LINES) });
    }
  });
  await panel.send({ type: 'state-changed', runId: script.runId, state: { phase: 'done' }, notice: null });
  await panel.send({ type: 'step-shown', runId: script.runId, step: Math.floor(steps / 2) });
  await take('walk x10', () => repeated(panel, 10, () => panel.page.keyboard.press('j')));
  await take('scroll x20', () => repeated(panel, 20, () => scrollBy(panel, 200)));
  await take('width', () => repeated(panel, 1, () => panel.page.setViewportSize({ width: 900, height: 800 })));
  const rendered = panel.page.getByRole('button', { name: 'Rendered', exact: true });
  await take('rendered', () =>
    repeated(panel, 1, () =>
      rendered.evaluate((button) => {
        (button as HTMLElement).click();
      }),
    ),
  );
  await panel.close();
  return { run, taskMs };
}

async function scrollBy(panel: PanelPage, pixels: number): Promise<void> {
  await panel.page.locator('.text-scroller').evaluate((scroller, by) => {
    scroller.scrollTop += by;
  }, pixels);
}

async function repeated(panel: PanelPage, times: number, action: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i++) {
    await action();
    await panel.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }
}

function formatRows(all: readonly Row[]): string {
  const first = all[0]?.taskMs ?? {};
  const names = Object.keys(first);
  const cell = (row: Row, name: string): string => {
    const ms = row.taskMs[name] ?? 0;
    return `${ms.toFixed(0)} ms (x${(ms / (first[name] ?? 1)).toFixed(1)})`.padStart(18);
  };
  return [
    `${''.padEnd(26)}${names.map((name) => name.padStart(18)).join('')}`,
    ...all.map((row) => `${row.run.padEnd(26)}${names.map((name) => cell(row, name)).join('')}`),
  ].join('\n');
}
