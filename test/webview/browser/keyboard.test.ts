import assert from 'node:assert/strict';
import type { PanelPage } from '../../support/panelPage/panelPage.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();

/** What has the focus: a mark's step, or a control's words. */
async function focused(panel: PanelPage): Promise<string> {
  return await panel.page.evaluate(() => {
    const element = document.activeElement;
    const name = element?.getAttribute('data-step') ?? element?.getAttribute('aria-label');
    return name ?? element?.querySelector('title')?.textContent ?? element?.textContent ?? '';
  });
}

/** Tabs on until the focus is in the text. */
async function tabToText(panel: PanelPage): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await panel.page.keyboard.press('Tab');
    if (/^\d+$/.test(await focused(panel))) return;
  }
  assert.fail('Tab never came to the text.');
}

async function openStep(panel: PanelPage): Promise<number | null> {
  const heading = panel.page.getByRole('complementary').getByRole('heading', { level: 2 });
  return (await heading.count()) === 0 ? null : Number(/Step (\d+)/.exec(await heading.innerText())?.[1]);
}

describe('the panel by keyboard alone', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('reaches everything by Tab, the text with a single stop', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { canReplace: true }));
    const seen: string[] = [];
    while (!/^\d+$/.test(seen.at(-1) ?? '') && seen.length < 20) {
      await panel.page.keyboard.press('Tab');
      seen.push(await focused(panel));
    }
    const controls = [
      'New Question',
      'Timeline',
      'In Words',
      'Timeline of the run',
      'Words',
      'Rendered',
      'What Mattered?',
      'Copy',
      'Copy Answer',
      'Insert at Cursor',
      'Replace Selection',
      'Compare',
      'Export…',
      'More ▾',
    ];
    assert.deepEqual(seen, [...controls, String(steps.taken)]);
    await panel.page.keyboard.press('Tab');
    assert.doesNotMatch(await focused(panel), /^\d+$/);
  });

  it('walks the marks with arrows and letters, and comes back to where it was', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await tabToText(panel);
    for (const [key, step] of [
      ['ArrowRight', steps.agreed],
      ['j', steps.kept],
      ['k', steps.agreed],
      ['ArrowLeft', steps.taken],
      ['ArrowLeft', steps.taken],
      ['End', steps.end],
      ['ArrowRight', steps.end],
      ['Home', steps.taken],
      ['j', steps.agreed],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.equal(await focused(panel), String(step), key);
    }
    await panel.page.keyboard.press('Shift+Tab');
    await panel.page.keyboard.press('Tab');
    assert.equal(await focused(panel), String(steps.agreed));
  });

  it("goes from one of the mentor's patches to the next with n and p", async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await tabToText(panel);
    for (const [key, step] of [
      ['n', steps.takenLast],
      ['n', steps.takenLast],
      ['p', steps.taken],
      ['p', steps.taken],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.equal(await focused(panel), String(step), key);
    }
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.press('n');
    assert.equal(await openStep(panel), steps.takenLast);
  });

  it('walks all words while a step is open, and no word while none is', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await tabToText(panel);
    await panel.page.keyboard.press('.');
    assert.equal(await openStep(panel), null);
    await panel.page.keyboard.press('Enter');
    for (const [key, step] of [
      ['.', steps.taken + 1],
      [']', steps.taken + 2],
      ['[', steps.taken + 1],
      [',', steps.taken],
      [',', steps.taken - 1],
      ['ArrowRight', steps.taken],
      [',', steps.taken - 1],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.equal(await openStep(panel), step, key);
    }
    await panel.page.keyboard.press('Escape');
    assert.equal(await openStep(panel), null);
    assert.equal(await focused(panel), String(steps.taken));
  });

  it('opens with Enter or Space, walks on with the decision open, and closes with Escape', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await tabToText(panel);
    await panel.page.keyboard.press('Enter');
    assert.equal(await openStep(panel), steps.taken);
    await panel.page.keyboard.press('ArrowRight');
    assert.equal(await openStep(panel), steps.agreed);
    assert.equal(await focused(panel), String(steps.agreed));
    await panel.page.keyboard.press('Escape');
    assert.equal(await openStep(panel), null);
    assert.equal(await focused(panel), String(steps.agreed));
    await panel.page.keyboard.press(' ');
    assert.equal(await openStep(panel), steps.agreed);
  });

  it('gives the focus back to the mark when Escape closes the decision from inside', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await tabToText(panel);
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.press('Tab');
    assert.equal(await focused(panel), 'Previous decision');
    await panel.page.keyboard.press('j');
    assert.equal(await openStep(panel), steps.agreed);
    assert.equal(await focused(panel), 'Previous decision');
    await panel.page.keyboard.press('Escape');
    assert.equal(await focused(panel), String(steps.agreed));
  });

  it('shows where the focus is', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await tabToText(panel);
    const outline = await panel.mark(steps.taken).evaluate((mark) => getComputedStyle(mark).outlineStyle);
    assert.notEqual(outline, 'none');
  });

  it('leaves chords and keys on other controls alone', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await tabToText(panel);
    await panel.page.keyboard.press('Control+ArrowRight');
    await panel.page.keyboard.press('Alt+j');
    assert.equal(await focused(panel), String(steps.taken));
    await panel.page.getByRole('button', { name: 'Words', exact: true }).focus();
    await panel.page.keyboard.press('j');
    assert.equal(await focused(panel), 'Words');
  });

  it('types letters into the question box', async () => {
    const panel = await open();
    await panel.show(panelRun(script), { question: '' });
    await panel.page.keyboard.type('jknp');
    assert.equal(await panel.page.getByRole('textbox').inputValue(), 'jknp');
    assert.equal(await openStep(panel), null);
  });

  it('shows what the keys do, from ? and from a button, and is itself closed by Escape alone', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await tabToText(panel);
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.press('?');
    const help = panel.page.getByRole('dialog', { name: 'Keys in this panel' });
    assert.match(await help.innerText(), /previous or next word, probed or not/);
    await panel.page.keyboard.press('j');
    assert.equal(await openStep(panel), steps.taken);
    await panel.page.keyboard.press('Escape');
    assert.equal(await help.count(), 0);
    assert.equal(await openStep(panel), steps.taken);
    await panel.page.getByRole('button', { name: 'Keys' }).click();
    assert.equal(await help.count(), 1);
    await help.getByRole('button', { name: 'Close' }).click();
    assert.equal(await help.count(), 0);
  });

  it('opens the menu, walks it and closes it, without walking the text', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    const menu = panel.page.getByRole('button', { name: 'More' });
    await menu.focus();
    await panel.page.keyboard.press('Enter');
    assert.equal(await focused(panel), 'Copy with Annotations');
    await panel.page.keyboard.press('ArrowDown');
    assert.equal(await focused(panel), 'Ask Again');
    await panel.page.keyboard.press('ArrowUp');
    await panel.page.keyboard.press('Escape');
    assert.equal(await panel.page.getByRole('menu').count(), 0);
    assert.match(await focused(panel), /^More/);
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.postedAfter('copy-requested'), { type: 'copy-requested', part: 'annotated' });
    assert.equal(await panel.page.getByRole('menu').count(), 0);
  });
});
