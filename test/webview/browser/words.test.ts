import assert from 'node:assert/strict';
import { viewRun } from '../../../src/core/view/runView.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import type { PanelPage } from '../../support/panelPage/panelPage.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { longRun, panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();
const REASONING = { phase: 'reasoning', sinceMs: 0 } as const;

function textOf(lines: readonly TraceLine[]): string {
  return viewRun(lines.filter((line) => line.type !== 'run-started')).text;
}

async function shownText(panel: PanelPage): Promise<string> {
  return (await panel.page.locator('.words').textContent()) ?? '';
}

/** How far the end of the text is out of sight, in pixels. */
async function distanceToEnd(panel: PanelPage): Promise<number> {
  return await panel.page
    .locator('.text-scroller')
    .evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight);
}

describe('the Words view', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('is the text to the last blank, live and at once', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    assert.equal(await shownText(panel), textOf(script.lines));
    const live = await open();
    await live.show(panelRun(script, { lines: script.lines.slice(0, 1), state: REASONING }));
    for (let i = 1; i < script.lines.length; i += 7) {
      await live.send({ type: 'lines-added', runId: 'sample', lines: script.lines.slice(i, i + 7) });
    }
    assert.equal(await live.page.locator('.words').innerHTML(), await panel.page.locator('.words').innerHTML());
  });

  it('keeps white space as it is', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    assert.equal(
      await panel.page.locator('.words').evaluate((words) => getComputedStyle(words).whiteSpace),
      'pre-wrap',
    );
  });

  it('tells the three kinds of marks apart without colour, each with a label', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    const line = async (step: number): Promise<string> =>
      await panel.mark(step).evaluate((mark) => getComputedStyle(mark).borderBottomStyle);
    assert.equal(await line(steps.taken), 'solid');
    assert.equal(await line(steps.kept), 'dashed');
    assert.equal(await line(steps.agreed), 'dotted');
    for (const name of [/mentor's words, step 12$/, /kept at a divergence, step 28$/, /models agreed, step 22$/]) {
      assert.equal(await panel.page.getByRole('button', { name }).count(), 1);
    }
  });

  it('gives a decision without text a place to click at', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.end).click();
    assert.match(await panel.page.getByRole('complementary').innerText(), /both models agreed/);
  });

  it('is the only view while the run goes on', async () => {
    const panel = await open({ savedState: { runId: 'sample', view: 'rendered' } });
    await panel.show(panelRun(script, { lines: script.lines.slice(0, 20), state: REASONING }));
    assert.ok(await panel.page.locator('.words').isVisible());
    const rendered = panel.page.getByRole('button', { name: 'Rendered' });
    assert.ok(await rendered.isDisabled());
    await panel.send({ type: 'state-changed', runId: 'sample', state: { phase: 'done' }, notice: null });
    assert.equal(await rendered.getAttribute('aria-pressed'), 'true');
    assert.ok(await panel.page.locator('.rendered').isVisible());
  });

  it('follows the end while it grows, until the reader scrolls up and again once they are back', async () => {
    const panel = await open({ size: { width: 800, height: 500 } });
    const lines = longRun(1_200).lines;
    await panel.show(panelRun(longRun(0), { lines: lines.slice(0, 400), state: REASONING }));
    assert.ok((await distanceToEnd(panel)) < 2);
    await panel.send({ type: 'lines-added', runId: 'long', lines: lines.slice(400, 800) });
    assert.ok((await distanceToEnd(panel)) < 2);
    assert.equal(await panel.page.getByRole('button', { name: /Follow the Text/ }).count(), 0);

    await panel.page.locator('.text-scroller').hover();
    await panel.page.mouse.wheel(0, -300);
    const follow = panel.page.getByRole('button', { name: /Follow the Text/ });
    await follow.waitFor();
    const top = await panel.page.locator('.text-scroller').evaluate((scroller) => scroller.scrollTop);
    await panel.send({ type: 'lines-added', runId: 'long', lines: lines.slice(800, 1_000) });
    assert.equal(await panel.page.locator('.text-scroller').evaluate((scroller) => scroller.scrollTop), top);

    await follow.click();
    assert.ok((await distanceToEnd(panel)) < 2);
    await panel.send({ type: 'lines-added', runId: 'long', lines: lines.slice(1_000) });
    assert.ok((await distanceToEnd(panel)) < 2);
  });

  it('shows a finished run from its beginning', async () => {
    const panel = await open({ size: { width: 800, height: 500 } });
    await panel.show(panelRun(longRun(1_200)));
    assert.equal(await panel.page.locator('.text-scroller').evaluate((scroller) => scroller.scrollTop), 0);
  });

  it('takes 10,000 words with one node for each stretch without a mark', async () => {
    const panel = await open();
    const { lines } = longRun(10_000);
    await panel.show(panelRun(longRun(0), { state: REASONING }));
    for (let i = 0; i < lines.length; i += 4_000) {
      await panel.send({ type: 'lines-added', runId: 'long', lines: lines.slice(i, i + 4_000) });
    }
    assert.equal(await shownText(panel), textOf(lines));
    const nodes = await panel.page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
      let count = 0;
      while (walker.nextNode()) count += 1;
      return count;
    });
    // 2,500 marks with a text each, as many stretches between them, the blocks, and the panel itself.
    assert.ok(nodes < 3 * 2_500 + 500, `${nodes} nodes`);
  });

  it('keeps its elements, and with them focus and place, when the same content is shown again', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.kept).focus();
    await panel.show(panelRun(script));
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.getAttribute('data-step')),
      String(steps.kept),
    );
  });

  it('opens nothing when a click only ends a selection of text', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    const box = await panel.mark(steps.taken).boundingBox();
    assert.ok(box);
    await panel.page.mouse.move(box.x + 20, box.y + 8);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 120, box.y + 8, { steps: 4 });
    await panel.page.mouse.up();
    assert.notEqual(await panel.page.evaluate(() => getSelection()?.toString()), '');
    assert.equal(await panel.page.getByRole('complementary').count(), 0);
  });
});
