import assert from 'node:assert/strict';
import type { PanelPage } from '../../support/panelPage/panelPage.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { panelRun, SAMPLE_QUESTION, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();

async function inspectorText(panel: PanelPage): Promise<string> {
  return (await panel.page.getByRole('complementary', { name: 'Decision' }).innerText()).replace(/\s+/g, ' ');
}

describe('the decision inspector', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('opens with a click on a mark, and closes with another', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    const mark = panel.mark(steps.taken);
    await mark.click();
    assert.equal(await mark.getAttribute('aria-expanded'), 'true');
    assert.equal(await panel.page.locator(`#${(await mark.getAttribute('aria-controls')) ?? ''}`).count(), 1);
    await mark.click();
    assert.equal(await mark.getAttribute('aria-expanded'), 'false');
    assert.equal(await panel.page.getByRole('complementary').count(), 0);
  });

  it('shows everything that is known of a divergence', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    const text = await inspectorText(panel);
    for (const part of [
      "Step 12 · the mentor's patch was taken",
      'the draw 0.13 is below the probability 0.24',
      'Generator 36$ shells, so she has $34 + 36 = Word ␣36$',
      'Mentor · taken 30$ shells, so she has $34 + 30 = Word ␣30$',
      "The verifier said “B”, which takes the mentor's patch.",
      'Log-odds 2.30 towards the mentor (A 0.08, B 0.82)',
      'entropy 1.02 nats · lead 1.36 nats',
      'Generator 19 tokens decoded, 52 read, 96 ms',
      'Mentor 18 tokens decoded, 9 read, 140 ms',
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
  });

  it('marks the winner by words and by its border', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.kept).click();
    const border = async (name: string): Promise<string> =>
      await panel.page.getByRole('region', { name }).evaluate((side) => getComputedStyle(side).borderTopWidth);
    assert.equal(await border("Generator's patch"), '2px');
    assert.equal(await border("Mentor's patch"), '1px');
    assert.match(await panel.page.getByRole('region', { name: "Generator's patch" }).innerText(), /Generator · kept/);
  });

  it('draws log-odds from the middle of the bar, towards whom they favour', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    const ends = async (step: number): Promise<{ left: number; right: number }> => {
      await panel.mark(step).click();
      return await panel.page.locator('.log-odds-bar').evaluate((bar) => {
        const outer = bar.getBoundingClientRect();
        const inner = bar.querySelector('.log-odds-size')?.getBoundingClientRect() ?? outer;
        const share = (x: number): number => Math.round(((x - outer.left) / outer.width) * 100);
        return { left: share(inner.left), right: share(inner.right) };
      });
    };
    assert.deepEqual(await ends(steps.taken), { left: 50, right: 73 });
    assert.deepEqual(await ends(steps.kept), { left: 42, right: 50 });
    assert.equal(await panel.page.getByRole('img', { name: 'Log-odds 0.84 towards the generator' }).count(), 1);
  });

  it('gives both tables of candidates with their probabilities', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    const rows = async (name: string): Promise<readonly string[]> =>
      (await panel.page.getByRole('table', { name }).getByRole('row').allInnerTexts()).map((row) =>
        row.replace(/\s+/g, ' ').trim(),
      );
    assert.deepEqual((await rows('Generator')).slice(1), ['␣36$ 0.41', '␣30$ 0.33', '␣35 0.11', '␣3 0.02']);
    assert.deepEqual((await rows('Mentor')).slice(1), ['␣30$ 0.99', '␣36$ <0.01', '␣35 <0.01']);
  });

  it('unfolds the verification prompt as it was sent', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    const prompt = panel.page.getByLabel('Verification prompt', { exact: true });
    assert.equal(await prompt.count(), 0);
    await panel.page.getByText('The verification prompt as sent').click();
    const sent = (await prompt.textContent()) ?? '';
    const context = `<|user|>${SAMPLE_QUESTION}<|assistant|>Mia starts with 34 shells. The packs hold $5 \\times 6 =`;
    assert.ok(sent.startsWith(`${context}\nNow I will choose the next sequence`), sent);
    assert.ok(sent.endsWith('My choice: Option ('));
    assert.match((await prompt.locator('.prompt-suffix').textContent()) ?? '', /^\nNow I will choose/);
    await panel.page.getByRole('button', { name: 'Select All' }).click();
    assert.equal(await panel.page.evaluate(() => String(getSelection())), sent);
  });

  it('shows both words and their candidates alone where the models agreed', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.agreed).click();
    const text = await inspectorText(panel);
    assert.match(text, /Word ␣64 .*Word ␣64/);
    assert.equal(await panel.page.getByRole('table').count(), 2);
    assert.match(text, /Mentor 2 tokens decoded, 9 read, 21 ms/);
    for (const absent of ['Log-odds', 'Verification']) assert.ok(!text.includes(absent), absent);
  });

  it('goes to the next and the previous decision', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    await panel.page.getByRole('button', { name: 'Next decision' }).click();
    assert.match(await inspectorText(panel), new RegExp(`Step ${steps.agreed} `));
    await panel.page.getByRole('button', { name: 'Previous decision' }).click();
    assert.match(await inspectorText(panel), new RegExp(`Step ${steps.taken} `));
    await panel.page.getByRole('button', { name: 'Close decision' }).click();
    assert.equal(await panel.page.getByRole('complementary').count(), 0);
    assert.ok(await panel.mark(steps.taken).evaluate((mark) => mark === document.activeElement));
  });

  it('stands beside the text where there is room, and below it where there is not', async () => {
    for (const [width, isBeside] of [
      [1200, true],
      [420, false],
    ] as const) {
      const panel = await open({ size: { width, height: 800 } });
      await panel.show(panelRun(script));
      await panel.mark(steps.taken).click();
      const text = await panel.page.getByRole('region', { name: 'Reasoning' }).boundingBox();
      const inspector = await panel.page.getByRole('complementary').boundingBox();
      assert.ok(text && inspector);
      assert.equal(inspector.x >= text.x + text.width, isBeside);
      assert.equal(inspector.y >= text.y + text.height, !isBeside);
      assert.ok(await panel.mark(steps.taken).isVisible());
      assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    }
  });

  it('is kept over a reload of the panel, with the view', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.page.getByRole('button', { name: 'Rendered' }).click();
    await panel.mark(steps.kept).first().click();
    const again = await open({ savedState: await panel.savedState() });
    await again.show(panelRun(script));
    assert.match(await inspectorText(again), new RegExp(`Step ${steps.kept} `));
    assert.ok(await again.page.locator('.rendered').isVisible());
  });
});
