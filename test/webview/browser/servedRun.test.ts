import assert from 'node:assert/strict';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';
import { servedLines } from '../../support/panelPage/servedLines.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';

const { script, steps } = sampleRun();
const run = { ...panelRun(script), lines: servedLines(script.lines) };

describe('a run on servers that tell no log-probabilities', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('says where each model is, and names the verifier', async () => {
    const panel = await open();
    await panel.show(run);
    const pair = (await panel.page.locator('.pair').innerText()).replace(/\s+/g, ' ');
    assert.match(pair, /Generator \S+ on lab\.example:8000 Mentor \S+ on lab\.example:8000 Verifier judge on lab/);
    await panel.picture('served-run');
  });

  it('says of every number that it is not known, and never makes one up', async () => {
    const panel = await open();
    await panel.show(run);
    await panel.mark(steps.taken).click();
    const inspector = panel.page.getByRole('complementary', { name: 'Decision' });
    const text = (await inspector.innerText()).replace(/\s+/g, ' ');
    assert.match(text, /not known/);
    assert.match(text, /this model's server tells no candidates/);
    assert.match(text, /The verifier said “B”/);
    assert.doesNotMatch(text, /Log-odds|NaN|100%/);
    assert.match(text, /Verifier 1 token decoded, 77 read, 12 ms/);
    assert.equal(await panel.page.locator('.piece small').first().innerText(), 'not known');
    await panel.picture('served-inspector');
  });

  it("shows the verifier's own prompt as what it was sent", async () => {
    const panel = await open();
    await panel.show(run);
    await panel.mark(steps.taken).click();
    await panel.page.getByText('The verification prompt as sent').click();
    assert.match(await panel.page.getByLabel('Verification prompt').innerText(), /^\[of judge\] /);
  });

  it('draws no certainty in the timeline, and says so', async () => {
    const panel = await open();
    await panel.show(run);
    const timeline = panel.page.locator('.timeline');
    assert.match(await timeline.innerText(), /word probability \(none measured here\)/);
    assert.match(
      (await panel.page.getByRole('slider').getAttribute('aria-valuetext')) ?? '',
      /probability not measured/,
    );
  });
});
