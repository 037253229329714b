import assert from 'node:assert/strict';
import type { PanelPage } from '../../support/panelPage/panelPage.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { longRun, panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();

/** Clicks the middle of the first place where the Words view has that text. */
async function clickWord(panel: PanelPage, word: string): Promise<void> {
  const { x, y } = await panel.page.locator('.words').evaluate((words, wanted) => {
    const texts = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node instanceof Text; node = texts.nextNode()) {
      const at = node.data.indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    throw new Error(`The text has no “${wanted}”.`);
  }, word);
  await panel.page.mouse.click(x, y);
}

async function heading(panel: PanelPage): Promise<string | null> {
  const found = panel.page.getByRole('complementary').getByRole('heading', { level: 2 });
  return (await found.count()) === 0 ? null : await found.innerText();
}

/** The highlighted text; null without one. */
async function highlighted(panel: PanelPage): Promise<string | null> {
  return await panel.page.evaluate(() => [...(CSS.highlights.get('selected-word') ?? [])].map(String)[0] ?? null);
}

describe('a step without a mark', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('opens with a click on its word, which is then highlighted, and closes with another', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await clickWord(panel, 'starts');
    assert.equal(await heading(panel), 'Step 1 · “starts”, not probed');
    assert.equal(await highlighted(panel), 'starts');
    await clickWord(panel, 'starts');
    assert.equal(await heading(panel), null);
    assert.equal(await highlighted(panel), null);
    assert.deepEqual((await panel.posted()).slice(1), [
      { type: 'step-selected', step: 1 },
      { type: 'step-selected', step: null },
    ]);
  });

  it('opens wherever the word is hit, and nothing opens beside the text', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    for (const [part, step] of [
      ['M', 0],
      ['pack', 6],
      ['s', 1],
    ] as const) {
      await clickWord(panel, part);
      assert.match((await heading(panel)) ?? '', new RegExp(`^Step ${step} `), part);
    }
    const box = await panel.page.locator('.words').boundingBox();
    assert.ok(box);
    await panel.page.keyboard.press('Escape');
    await panel.page.mouse.click(box.x + 10, box.y + box.height + 8);
    assert.equal(await heading(panel), null);
  });

  it('is not opened by dragging over words', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    const box = await panel.page.locator('.words').boundingBox();
    assert.ok(box);
    await panel.page.mouse.move(box.x + 5, box.y + 12);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 120, box.y + 12, { steps: 4 });
    await panel.page.mouse.up();
    assert.equal(await heading(panel), null);
  });

  it('gives the highlight up for a mark, and does not take it to the rendered text', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await clickWord(panel, 'starts');
    await panel.mark(steps.taken).click();
    assert.equal(await highlighted(panel), null);
    await clickWord(panel, 'starts');
    await panel.page.getByRole('button', { name: 'Rendered' }).click();
    assert.equal(await highlighted(panel), null);
    await panel.page.getByRole('button', { name: 'Words', exact: true }).click();
    assert.equal(await highlighted(panel), 'starts');
  });

  it('keeps its highlight while the text grows', async () => {
    const panel = await open();
    const { lines, runId } = script;
    await panel.show(panelRun(script, { lines: lines.slice(0, 8), state: { phase: 'reasoning', sinceMs: 0 } }));
    await clickWord(panel, 'starts');
    await panel.send({ type: 'lines-added', runId, lines: lines.slice(8) });
    assert.equal(await highlighted(panel), 'starts');
  });

  it('shown by the host is opened and scrolled to, without telling the host', async () => {
    const panel = await open();
    await panel.show(panelRun(longRun(3_000)));
    await panel.send({ type: 'step-shown', runId: 'long', step: 2_002 });
    assert.equal(await heading(panel), 'Step 2002 · “word1908”, not probed');
    assert.equal(await highlighted(panel), 'word1908');
    const isInSight = await panel.page.locator('.text-scroller').evaluate((scroller) => {
      const word = [...(CSS.highlights.get('selected-word') ?? [])][0];
      if (!(word instanceof Range)) return false;
      const { top, bottom } = scroller.getBoundingClientRect();
      const box = word.getBoundingClientRect();
      return box.top >= top && box.bottom <= bottom;
    });
    assert.ok(isInSight);
    await panel.send({ type: 'step-shown', runId: 'long', step: null });
    assert.equal(await heading(panel), null);
    assert.deepEqual(await panel.posted(), [{ type: 'panel-ready', opened: null }]);
  });

  it('shown by the host once more is scrolled to once more, and the end is no longer followed', async () => {
    const panel = await open();
    const long = longRun(3_000).lines;
    const lines = long.slice(0, 2_000);
    await panel.show(panelRun(longRun(0), { lines, state: { phase: 'reasoning', sinceMs: 0 } }));
    const scroller = panel.page.locator('.text-scroller');
    const top = (): Promise<number> => scroller.evaluate((element) => element.scrollTop);
    await panel.send({ type: 'step-shown', runId: 'long', step: 1 });
    const shown = await top();
    await panel.send({ type: 'lines-added', runId: 'long', lines: long.slice(2_000) });
    assert.equal(await top(), shown);
    await scroller.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    assert.ok((await top()) > shown);
    await panel.send({ type: 'step-shown', runId: 'long', step: 1 });
    assert.equal(await heading(panel), 'Step 1 · both models agreed');
    assert.equal(await top(), shown);
  });
});
