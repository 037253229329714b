import assert from 'node:assert/strict';
import fc from 'fast-check';
import { viewRun } from '../../../src/core/view/runView.ts';
import type { Trace } from '../../../src/protocol/traceText.ts';
import { formatTraceLine, parseTrace } from '../../../src/protocol/traceText.ts';
import { anyDamage } from '../../support/damagedTrace.ts';
import { generatedRun, traceOf } from '../../support/generatedRun.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';

const TRACES = 40;
/** Decisions, and steps of any kind, opened in each, from its first on. */
const OPENED = 3;

/** What could be read of traces that anyone has damaged, those with something to read. */
async function damagedTraces(seed: number): Promise<readonly Trace[]> {
  const samples = fc.sample(fc.tuple(generatedRun, anyDamage), { seed, numRuns: 8 * TRACES });
  const traces = await Promise.all(
    samples.map(async ([run, damage]) => parseTrace(damage((await traceOf(run)).map(formatTraceLine).join('')))),
  );
  return traces.filter(({ events }) => events.length > 0).slice(0, TRACES);
}

describe('damaged traces in the page', function () {
  this.timeout(SLOW_MACHINE_MS);
  // After each test it also asserts that the page had no error, broke no policy and opened no dialog.
  const open = usePanelBrowser();

  it('are shown to the last character, in both views, with every decision', async () => {
    const panel = await open();
    const traces = await damagedTraces(4);
    assert.equal(traces.length, TRACES);
    for (const [index, { header, events, damage }] of traces.entries()) {
      const lines = header ? [header, ...events] : events;
      const { text, decisions, steps } = viewRun(events);
      const notice = { message: damage?.message ?? 'Whole.', action: null };
      await panel.show(panelRun(sampleRun().script, { runId: `damaged-${index}`, lines, notice, abilities: [] }));
      const words = panel.page.locator('.words');
      // As JSON, since halves of characters do not cross from the page as they are.
      assert.equal(await words.evaluate((element) => JSON.stringify(element.textContent)), JSON.stringify(text));
      for (const { step } of [...decisions.slice(0, OPENED), ...steps.slice(0, OPENED)]) {
        await panel.send({ type: 'step-shown', runId: `damaged-${index}`, step });
        await panel.page.locator('.inspector').waitFor();
      }
      await panel.page.getByRole('button', { name: 'Rendered', exact: true }).click();
      await panel.page.locator('.rendered').waitFor({ state: 'attached' });
      await panel.page.getByRole('button', { name: 'Words', exact: true }).click();
      assert.equal(await panel.page.locator('script[src]').count(), 1);
      // Elements that traces try to smuggle in; of <b>, the panel has its own around words of its own.
      const foreign = 'main img, main iframe, main script, main b:not(dd b, .branch-remark b, .branch-line b)';
      assert.equal(await panel.page.locator(foreign).count(), 0);
    }
  });

  it('do not let odd numbers or missing parts break a decision', async () => {
    const panel = await open();
    const { script, steps } = sampleRun();
    const odd = script.lines
      .filter(({ type }) => type !== 'patch-drafted' && type !== 'patch-verified')
      .map((line) =>
        parseOdd(
          JSON.stringify(line)
            .replace(/"(logProbability|lead|entropy|timeMs)":-?[\d.e+-]+/g, '"$1":1e308')
            .replace(/"candidates":\[[^\]]*\]/g, '"candidates":[]'),
        ),
      );
    await panel.show(panelRun(script, { lines: odd }));
    await panel.mark(steps.taken).click();
    await panel.page.locator('.inspector').waitFor();
    assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await panel.picture('trace-odd-numbers');
  });
});

/** One line of a trace from its JSON. */
function parseOdd(json: string): ReturnType<typeof sampleRun>['script']['lines'][number] {
  // The sample's own line, of which only numbers and lists were changed.
  return JSON.parse(json) as ReturnType<typeof parseOdd>;
}
