import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { PanelRun } from '../../../src/protocol/panel.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { scoredTrace } from '../../support/scoredTrace.ts';

describe('a run whose mentor scores sentences', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();
  let run: PanelRun;
  before(async () => {
    const { header, lines } = await scoredTrace();
    run = panelRun(sampleRun().script, { runId: header.runId, lines });
  });

  const inspect = async (step: number): Promise<Locator> => {
    const panel = await open();
    await panel.show(run);
    await panel.mark(step).click();
    return panel.page.getByRole('complementary', { name: 'Decision' });
  };
  const textOf = async (part: Locator): Promise<string> => (await part.innerText()).replace(/\s+/g, ' ');

  it('shows both patches where one was rejected, and what the mentor was sent', async () => {
    const inspector = await inspect(0);
    const text = await textOf(inspector);
    assert.match(text, /The generator's patch was given the score 3 of 9, below 7, which takes the mentor's patch\./);
    assert.match(text, /The sum is 4\..*The sum is 5\./);
    await inspector.getByText('The verification prompt as sent').click();
    assert.match(await inspector.getByLabel('Verification prompt').innerText(), /The sum is 4\.\s+Now I will judge/);
    assert.equal(await inspector.getByRole('button', { name: 'Take the other patch from here' }).count(), 1);
  });

  it('shows one patch where it was kept, and offers no other', async () => {
    const inspector = await inspect(1);
    const text = await textOf(inspector);
    assert.match(text, /score 8 of 9, at least 7, which keeps the generator's patch\./);
    assert.match(await textOf(inspector.getByRole('region', { name: "Generator's patch" })), /The answer is 4\./);
    assert.match(await textOf(inspector.getByRole('region', { name: "Mentor's patch" })), /\(wrote nothing\)/);
    assert.equal(await inspector.getByRole('button', { name: 'Take the other patch from here' }).count(), 0);
    assert.equal(await inspector.locator('.pieces-of').count(), 1);
  });
});
