import assert from 'node:assert/strict';
import { viewRun } from '../../../src/core/view/runView.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import type { PanelPage } from '../../support/panelPage/panelPage.ts';
import {
  asBranch,
  branchScript,
  panelBranch,
  PARENT_TEXT,
  SAMPLE_FAMILY,
  SAMPLE_INFLUENCE,
  SHARED_TEXT,
} from '../../support/panelPage/sampleBranch.ts';
import { longRun, panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();
const THEMES = ['dark', 'light', 'hc-dark', 'hc-light'] as const;

/** The text before the sign of the first difference; null without the sign. */
async function textBeforeDifference(panel: PanelPage): Promise<string | null> {
  return await panel.page.locator('.words').evaluate((words) => {
    const sign = words.querySelector('.first-difference');
    if (!sign) return null;
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEndBefore(sign);
    return before.toString();
  });
}

describe('a run that is a branch', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('says what it branches off from, what it changed and what became of the answer, and opens its parent', async () => {
    const panel = await open();
    await panel.show(panelBranch());
    const line = panel.page.getByRole('region', { name: 'Branch', exact: true });
    const text = await line.innerText();
    assert.match(text, /^Branch of “Mia has 34 shells\..*…” from step 12: the generator's patch was taken instead/);
    assert.match(text, /The answer changed from 171 to 189\./);
    await line.getByRole('button', { name: 'Open Parent' }).click();
    assert.deepEqual(await panel.postedAfter('run-requested'), { type: 'run-requested', runId: 'parent' });
  });

  it('can have lost its parent, and then says nothing of the answer', async () => {
    const panel = await open();
    await panel.show(panelBranch({ parent: null, family: [] }));
    const line = panel.page.getByRole('region', { name: 'Branch', exact: true });
    assert.match(await line.innerText(), /^Branch of a run that is no longer kept/);
    assert.equal(await line.getByRole('button').count(), 0);
    assert.doesNotMatch(await line.innerText(), /answer/);
  });

  it('has a sign where its text first differs, as soon as it does, and the text stays as it is', async () => {
    const panel = await open();
    const lines = asBranch(branchScript());
    const state = { phase: 'reasoning', sinceMs: 0 } as const;
    await panel.show(panelBranch({ lines: lines.slice(0, 6), state }));
    assert.equal(await textBeforeDifference(panel), null);
    for (const line of lines.slice(6)) await panel.send({ type: 'lines-added', runId: 'branch', lines: [line] });
    assert.equal(await textBeforeDifference(panel), `${SHARED_TEXT} `);
    assert.equal(await panel.page.getByRole('img', { name: /differs from the parent/ }).count(), 1);
    const whole = await panel.page.locator('.words').textContent();
    assert.equal(whole, `${SHARED_TEXT} 36$ shells, so she has $34 + 36 = 70$ shells. The answer is 189.`);
  });

  it('scrolls to the first difference on request', async () => {
    const panel = await open({ size: { width: 1200, height: 600 } });
    const text = longRun(2_000);
    const words = viewRun(text.lines.filter((line) => line.type !== 'run-started')).text;
    const parent = { runId: 'parent', text: `${words.slice(0, 6_000)}!${words.slice(6_001)}`, answer: null };
    await panel.show(panelRun(text, { lines: asBranch(text), parent }));
    const isInSight = async (): Promise<boolean> =>
      await panel.page.locator('.first-difference').evaluate((sign) => {
        const { top, bottom } = sign.getBoundingClientRect();
        const sight = sign.closest('.text-scroller')?.getBoundingClientRect();
        return sight !== undefined && top >= sight.top && bottom <= sight.bottom;
      });
    assert.equal(await isInSight(), false);
    await panel.page.getByRole('button', { name: 'Show First Difference' }).click();
    assert.equal(await isInSight(), true);
    await panel.page.getByRole('button', { name: 'Rendered' }).click();
    assert.equal(await panel.page.getByRole('button', { name: 'Show First Difference' }).count(), 0);
  });

  it('compares itself with its parent', async () => {
    const panel = await open();
    await panel.show(panelBranch());
    await panel.page.getByRole('button', { name: 'More' }).click();
    await panel.page.getByRole('menuitem', { name: 'Compare with Parent' }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'compare-requested', with: 'parent' });
  });

  it('says so when nothing differs', async () => {
    const panel = await open();
    await panel.show(panelBranch({ lines: asBranch(sampleRun('branch').script) }));
    assert.equal(await textBeforeDifference(panel), null);
    const line = panel.page.getByRole('region', { name: 'Branch', exact: true });
    assert.match(await line.innerText(), /The text is the same\. The answer is still 171\./);
    assert.ok(PARENT_TEXT.startsWith(SHARED_TEXT));
  });

  it('tells shared steps and the changed one in the inspector, and that they cost nothing here', async () => {
    const panel = await open();
    await panel.show(panelBranch());
    const inspector = panel.page.getByRole('complementary');
    await panel.send({ type: 'step-shown', runId: 'branch', step: 2 });
    assert.match(await inspector.innerText(), /Shared with the run.*paid for, in the run/s);
    await panel.mark(steps.taken).click();
    const text = (await inspector.innerText()).replace(/\s+/g, ' ');
    assert.match(text, /Step 12 · changed by the branch/);
    assert.match(text, /The branch begins here: the generator's patch was taken instead of the mentor's\./);
    assert.match(text, /The verifier said “B”, but the branch begins otherwise/);
    assert.match(text, /Generator · kept/);
    assert.match(text, /paid for, in the run/);
  });
});

describe('the tree of branches', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('tells of each run what it changed, its state and its answer, and marks the one on show', async () => {
    const panel = await open();
    await panel.show(panelBranch());
    await panel.page.getByRole('button', { name: 'Branches' }).click();
    const items = panel.page.getByRole('treeitem');
    const texts = (await items.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    assert.equal(texts.length, 4);
    assert.match(texts[0] ?? '', /^Mia has 34 shells.* Done answer 171$/);
    assert.equal(texts[1], 'Step 12: the other patch was taken Done answer 189 ≠ answer changed on show');
    assert.match(texts[2] ?? '', /^Step 15: continued with the mentor, probed at every word Running$/);
    assert.equal(texts[3], 'Step 3: continued without the mentor Stopped answer 171 = same answer');
    assert.equal(await items.nth(1).getAttribute('aria-selected'), 'true');
    assert.equal(await items.nth(2).getAttribute('aria-level'), '3');
  });

  it('is walked with arrows and opens runs with Enter and with a click', async () => {
    const panel = await open();
    await panel.show(panelBranch());
    await panel.page.getByRole('button', { name: 'Branches' }).click();
    const focusedLevel = async (): Promise<string> =>
      await panel.page.evaluate(() => document.activeElement?.textContent ?? '');
    await panel.page.getByRole('treeitem').nth(1).focus();
    for (const [key, text] of [
      ['ArrowRight', /^Step 15/],
      ['ArrowLeft', /^Step 12/],
      ['ArrowLeft', /^Mia/],
      ['ArrowUp', /^Mia/],
      ['End', /^Step 3/],
      ['ArrowDown', /^Step 3/],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.match(await focusedLevel(), text, key);
    }
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.postedAfter('run-requested'), { type: 'run-requested', runId: 'without' });
    await panel.page.getByRole('treeitem').nth(2).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'run-requested', runId: 'deeper' });
  });

  it('follows the host, stays open over another run of the tree, and makes room for an open step', async () => {
    const panel = await open();
    await panel.show(panelBranch());
    await panel.mark(steps.taken).click();
    await panel.page.getByRole('button', { name: 'Branches' }).click();
    assert.deepEqual(await panel.postedAfter('step-selected'), { type: 'step-selected', step: null });
    const tree = panel.page.getByRole('tree');
    await panel.send({ type: 'family-changed', runId: 'branch', title: null, family: SAMPLE_FAMILY.slice(0, 2) });
    assert.equal(await panel.page.getByRole('treeitem').count(), 2);
    await panel.show(panelRun(script, { family: SAMPLE_FAMILY }));
    assert.equal(await tree.count(), 1);
    await panel.mark(steps.taken).click();
    assert.equal(await tree.count(), 0);
    await panel.page.keyboard.press('Escape');
    assert.equal(await tree.count(), 1);
    await panel.page.getByRole('button', { name: 'Close Branches' }).click();
    assert.equal(await tree.count(), 0);
  });

  for (const theme of THEMES) {
    it(`looks right in ${theme}, wide and narrow`, async () => {
      const panel = await open({ theme });
      await panel.show(panelBranch({ title: 'Shells, my title' }));
      await panel.page.getByRole('button', { name: 'Branches' }).click();
      await panel.picture(`branches-${theme}`);
      await panel.page.setViewportSize({ width: 400, height: 860 });
      await panel.picture(`branches-${theme}-narrow`);
      assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      await panel.page.setViewportSize({ width: 1200, height: 1400 });
      await panel.send({ type: 'step-shown', runId: 'branch', step: 1 });
      await panel.picture(`word-${theme}`);
      await panel.show(panelRun(script, { influence: SAMPLE_INFLUENCE }));
      await panel.page.getByRole('button', { name: 'What Mattered?' }).click();
      await panel.page.getByRole('button', { name: 'More' }).click();
      await panel.picture(`influence-${theme}`);
      await panel.mark(steps.taken).click();
      await panel.page.getByText('The verification prompt as sent').click();
      await panel.page.getByLabel('Verification prompt', { exact: true }).waitFor();
      await panel.picture(`step-${theme}`);
      await panel.page.setViewportSize({ width: 700, height: 600 });
      await panel.page.keyboard.press('?');
      await panel.picture(`keys-${theme}`);
    });
  }
});

describe('which intervention mattered', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('is asked for, shows its progress and can be cancelled', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.page.getByRole('button', { name: 'What Mattered?' }).click();
    await panel.page.getByRole('button', { name: 'Find Out' }).click();
    await panel.postedAfter('influence-requested');
    const flipped = SAMPLE_INFLUENCE.flipped.slice(0, 1);
    const running = { ...SAMPLE_INFLUENCE, phase: 'running', flipped } as const;
    await panel.send({ type: 'influence-changed', runId: 'sample', influence: running });
    assert.equal(await panel.page.getByRole('button', { name: 'Find Out' }).count(), 0);
    const bar = panel.page.getByRole('progressbar', { name: '1 of 2 flipped' });
    assert.deepEqual([await bar.getAttribute('value'), await bar.getAttribute('max')], ['1', '2']);
    await panel.page.getByRole('button', { name: 'Cancel' }).click();
    await panel.postedAfter('influence-cancelled');
    const stopped = { ...running, phase: 'stopped', message: 'You stopped it.' } as const;
    await panel.send({ type: 'influence-changed', runId: 'sample', influence: stopped });
    const pane = panel.page.getByRole('complementary', { name: 'Which intervention mattered?' });
    assert.match(await pane.innerText(), /1 of 2 flipped, then stopped\.\s+You stopped it\./);
    assert.ok(await pane.getByRole('button', { name: 'Go On' }).isVisible());
  });

  it('lists the interventions with what became of the answer, opens their step and their branch', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { influence: SAMPLE_INFLUENCE }));
    await panel.page.getByRole('button', { name: 'What Mattered?' }).click();
    const rows = panel.page.getByRole('list', { name: /^Interventions/ }).getByRole('listitem');
    const texts = (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    assert.match(texts[0] ?? '', /^30\$ shells, so she has \$34 \+ 30 = step 12 ≠ answer changed answer 189, not 171$/);
    assert.match(texts[1] ?? '', /step \d+ = same answer answer 171$/);
    assert.match(await panel.page.getByRole('complementary').innerText(), /1 of 2 changed the answer\./);
    await rows.nth(0).getByRole('button', { name: 'Open the branch without step 12' }).click();
    assert.deepEqual(await panel.postedAfter('run-requested'), { type: 'run-requested', runId: 'flip-1' });
    await rows.nth(1).getByRole('button').first().click();
    assert.deepEqual(await panel.postedAfter('step-selected'), { type: 'step-selected', step: steps.takenLast });
  });

  it('is no question for a run without words of the mentor, or one that can not be weighed', async () => {
    const panel = await open();
    const button = panel.page.getByRole('button', { name: 'What Mattered?' });
    await panel.show(panelRun(script, { abilities: ['ask'] }));
    assert.equal(await button.count(), 0);
    await panel.show(panelRun(script, { lines: script.lines.slice(0, 8), state: { phase: 'stopped' } }));
    assert.equal(await button.count(), 0);
  });
});
