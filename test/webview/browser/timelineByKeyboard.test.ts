import assert from 'node:assert/strict';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';
import {
  MIDDLE_LENGTH,
  openStep,
  said,
  SAMPLE_LENGTH,
  showMiddle,
  slider,
} from '../../support/panelPage/timelinePage.ts';

const { script, steps } = sampleRun();

describe('the timeline by keyboard and in words', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('walks decisions and steps by keyboard and says where it is', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await slider(panel).focus();
    for (const [key, step] of [
      ['ArrowRight', steps.taken],
      ['j', steps.agreed],
      ['ArrowLeft', steps.taken],
      ['n', steps.takenLast],
      ['p', steps.taken],
      ['ArrowUp', steps.taken + 1],
      [',', steps.taken],
      ['End', SAMPLE_LENGTH - 1],
      ['ArrowRight', SAMPLE_LENGTH - 1],
      ['PageDown', SAMPLE_LENGTH - 5],
      ['Home', 0],
      ['ArrowDown', 0],
      ['PageUp', 4],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.ok((await said(panel)).startsWith(`Step ${step} of ${SAMPLE_LENGTH}, `), `${key}: ${await said(panel)}`);
      assert.equal(await slider(panel).getAttribute('aria-valuenow'), String(step), key);
    }
    assert.equal(await panel.page.locator('.timeline-readout').innerText(), await said(panel));
    assert.equal(await openStep(panel), null);
  });

  it('opens and closes a step with Enter, and keeps the focus', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await slider(panel).focus();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('Enter');
    assert.equal(await openStep(panel), steps.taken);
    await panel.page.keyboard.press('Enter');
    assert.equal(await openStep(panel), null);
    await panel.page.keyboard.press(' ');
    assert.equal(await openStep(panel), steps.taken);
    await panel.page.keyboard.press('Escape');
    assert.equal(await openStep(panel), null);
    assert.ok(await slider(panel).evaluate((element) => element === document.activeElement));
  });

  it('chooses a range with Shift, zooms with plus and minus, and gives up range and zoom with Escape', async () => {
    const panel = await open();
    await showMiddle(panel);
    await slider(panel).focus();
    for (const key of ['PageUp', 'PageUp', 'Shift+PageUp', 'Shift+ArrowUp']) await panel.page.keyboard.press(key);
    const page = Math.round(MIDDLE_LENGTH / 10);
    assert.match(await said(panel), new RegExp(`; steps ${2 * page} to ${3 * page + 1} chosen$`));
    await panel.page.keyboard.press('Escape');
    assert.doesNotMatch(await said(panel), /chosen/);
    await panel.page.keyboard.press('Shift+PageDown');
    await panel.page.keyboard.press('+');
    const whole = panel.page.getByRole('button', { name: 'Whole Run' });
    await whole.waitFor();
    await panel.page.keyboard.press('End');
    await panel.page.locator('.timeline-cursor').waitFor({ state: 'attached' });
    await panel.page.keyboard.press('Escape');
    assert.equal(await whole.count(), 0);
    await panel.page.keyboard.press('+');
    await panel.page.keyboard.press('-');
    assert.equal(await whole.count(), 0);
  });

  it('is a single stop in the tab order, leaves chords alone and shows the focus', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.page.getByRole('button', { name: 'Timeline', exact: true }).focus();
    await panel.page.keyboard.press('Tab');
    assert.equal(await panel.page.evaluate(() => document.activeElement?.textContent), 'In Words');
    await panel.page.keyboard.press('Tab');
    assert.ok(await slider(panel).evaluate((element) => element === document.activeElement));
    assert.notEqual(await slider(panel).evaluate((element) => getComputedStyle(element).outlineStyle), 'none');
    await panel.page.keyboard.press('Control+End');
    assert.match(await said(panel), /^Step 0 /);
    await panel.page.keyboard.press('Tab');
    assert.equal(await panel.page.evaluate(() => document.activeElement?.textContent), 'Words');
  });

  it('is told in words, on request, from where each step can be opened', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { hasMore: true }));
    await slider(panel).waitFor();
    const described = await slider(panel).getAttribute('aria-describedby');
    const summary = await panel.page.locator(`[id="${described ?? ''}"]`).evaluate((element) => element.textContent);
    assert.match(summary, /^42 steps\. .* Of 6 probes, 2 took the mentor's patch, 1 kept the generator's, 3 agreed\.$/);
    const button = panel.page.getByRole('button', { name: 'In Words' });
    await button.click();
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    const words = panel.page.locator('.timeline-words');
    assert.equal(await words.locator('p').first().innerText(), `${summary} The run goes on behind that.`);
    await panel.picture('timeline-in-words');
    await words
      .getByRole('button', { name: /mentor's patch taken/ })
      .last()
      .click();
    assert.equal(await openStep(panel), steps.takenLast);
    await button.click();
    assert.equal(await words.count(), 0);
  });

  it('folds, and stays so when the page comes back', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    const fold = panel.page.getByRole('button', { name: 'Timeline', exact: true });
    await fold.click();
    assert.equal(await fold.getAttribute('aria-expanded'), 'false');
    assert.equal(await slider(panel).count(), 0);
    const again = await open({ savedState: await panel.savedState() });
    await again.show(panelRun(script));
    assert.equal(await slider(again).count(), 0);
    await again.page.getByRole('button', { name: 'Timeline', exact: true }).click();
    await slider(again).waitFor();
  });
});
