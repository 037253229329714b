import assert from 'node:assert/strict';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { panelRun, SAMPLE_QUESTION, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script } = sampleRun();
const BEGUN = script.lines.slice(0, 8);

describe('a panel and the state of its run', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('asks for its content and offers to ask a question when there is none', async () => {
    const panel = await open();
    assert.deepEqual(await panel.posted(), [{ type: 'panel-ready', opened: null }]);
    assert.equal(await panel.page.locator('#root').innerText(), '');
    await panel.show(null);
    await panel.page.getByRole('button', { name: 'Ask a Question' }).click();
    await panel.postedAfter('composer-opened');
  });

  it('shows question, pair, preset and figures', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    assert.equal(await panel.page.getByRole('heading', { level: 1 }).innerText(), SAMPLE_QUESTION);
    const header = await panel.page.locator('.header').innerText();
    for (const part of ['demo-small', '0.16 M, Q8_0', 'demo-mentor', '2.2 M, Q8_0', 'paper-free', 'Done in 1.2 s']) {
      assert.ok(header.includes(part), part);
    }
    const figures = (await panel.page.locator('.facts').innerText()).replace(/\n/g, ' ');
    assert.match(figures, /Answer 171 Mentor share 20\.7% 17 of 82 tokens Probes 6 of 42 steps Diverged 3 3 agreed/);
  });

  it('loads with a bar, a percentage and a clock that ticks', async () => {
    const panel = await open();
    await panel.page.clock.install({ time: 100_000 });
    const state: PanelState = { phase: 'loading', role: 'mentor', fraction: 0.43, sinceMs: 93_000 };
    await panel.show(panelRun(script, { lines: [], state }));
    const bar = panel.page.getByRole('progressbar', { name: 'Loading the mentor demo-mentor' });
    assert.equal(await bar.getAttribute('aria-valuenow'), '43');
    const line = panel.page.locator('.state');
    assert.equal((await line.innerText()).replace(/\s+/g, ' '), 'Loading the mentor demo-mentor 43% 7 s');
    await panel.page.clock.runFor(2_000);
    assert.equal(await line.locator('.elapsed').innerText(), '9 s');
    assert.equal(await line.getByRole('status').innerText(), 'Loading the mentor demo-mentor');
  });

  it('tells each state with a picture and in words, and announces the words alone', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { lines: BEGUN, state: { phase: 'reading-prompt', sinceMs: 0 } }));
    const states: readonly [PanelState, string][] = [
      [{ phase: 'reading-prompt', sinceMs: 0 }, 'Reading the prompt'],
      [{ phase: 'reasoning', sinceMs: 0 }, 'Reasoning'],
      [{ phase: 'stopping', sinceMs: 0 }, 'Stopping'],
      [{ phase: 'stopped' }, 'Stopped'],
      [{ phase: 'failed', message: 'No.', actions: [] }, 'Failed'],
      [{ phase: 'done' }, 'Done'],
    ];
    for (const [state, words] of states) {
      await panel.send({ type: 'state-changed', runId: 'sample', state, notice: null });
      assert.equal(await panel.page.locator('.state').getByRole('status').innerText(), words);
      assert.equal(await panel.page.locator('.state .icon').count(), 1);
    }
  });

  it('stops a run, once', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { lines: BEGUN, state: { phase: 'reasoning', sinceMs: 0 } }));
    const stop = panel.page.getByRole('button', { name: 'Stop' });
    await stop.click();
    await panel.postedAfter('stop-requested');
    await panel.send({
      type: 'state-changed',
      runId: 'sample',
      state: { phase: 'stopping', sinceMs: 0 },
      notice: null,
    });
    assert.ok(await stop.isDisabled());
    await panel.send({ type: 'state-changed', runId: 'sample', state: { phase: 'stopped' }, notice: null });
    assert.equal(await stop.count(), 0);
  });

  it('says what failed and offers what the host says can be done', async () => {
    const panel = await open();
    const state: PanelState = {
      phase: 'failed',
      message: 'The engine ended. Try again, or see the log.',
      actions: ['retry', 'show-log', 'settings', 'choose-models'],
    };
    await panel.show(panelRun(script, { lines: BEGUN, state }));
    const alert = panel.page.getByRole('alert');
    assert.match(await alert.innerText(), /The engine ended\. Try again, or see the log\./);
    for (const [name, type] of [
      ['Retry', 'retry-requested'],
      ['Show Log', 'log-requested'],
      ['Settings', 'settings-requested'],
      ['Choose Models', 'models-requested'],
    ] as const) {
      await alert.getByRole('button', { name }).click();
      await panel.postedAfter(type);
    }
  });

  it('keeps what was written before a failure', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { lines: BEGUN, state: { phase: 'failed', message: 'No.', actions: [] } }));
    assert.equal(await panel.page.locator('.words').innerText(), 'Mia starts with 34 shells. The');
  });

  it('shows a notice with a way to choose a pair', async () => {
    const panel = await open();
    const notice = { message: 'The demo pair does not know this.', action: 'choose-models' } as const;
    await panel.show(panelRun(script, { notice }));
    const remark = panel.page.getByRole('region', { name: 'Remark' });
    assert.match(await remark.innerText(), /does not know this/);
    await remark.getByRole('button', { name: 'Choose a Pair…' }).click();
    await panel.postedAfter('models-requested');
  });

  it('folds a long question and unfolds it', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { question: 'Why are there shells? '.repeat(60) }));
    const heading = panel.page.getByRole('heading', { level: 1 });
    const folded = (await heading.boundingBox())?.height ?? 0;
    const button = panel.page.getByRole('button', { name: 'Show Whole Question' });
    assert.equal(await button.getAttribute('aria-expanded'), 'false');
    await button.click();
    assert.ok(((await heading.boundingBox())?.height ?? 0) > folded * 1.5);
    assert.equal(await panel.page.getByRole('button', { name: 'Show Less' }).getAttribute('aria-expanded'), 'true');
  });

  it('offers what can be done with the solution, when it can be done', async () => {
    const panel = await open();
    const button = (name: string) => panel.page.getByRole('button', { name, exact: true });
    await panel.show(panelRun(script, { lines: BEGUN, state: { phase: 'reasoning', sinceMs: 0 } }));
    assert.ok(await button('Copy').isEnabled());
    assert.ok(await button('Copy Answer').isDisabled());
    assert.ok(await button('Insert at Cursor').isDisabled());
    assert.equal(await button('Replace Selection').count(), 0);
    await panel.show(panelRun(script, { canReplace: true }));
    for (const name of ['Copy', 'Copy Answer', 'Insert at Cursor', 'Replace Selection']) await button(name).click();
    assert.deepEqual((await panel.posted()).slice(1), [
      { type: 'copy-requested', part: 'text' },
      { type: 'copy-requested', part: 'answer' },
      { type: 'insert-requested', part: 'text' },
      { type: 'replace-requested', part: 'text' },
    ]);
  });

  it('moves rarer things into the menu where there is little room', async () => {
    const panel = await open({ size: { width: 400, height: 800 } });
    await panel.show(panelRun(script, { title: 'My shells' }));
    assert.equal(await panel.page.getByText('My shells').count(), 1);
    assert.equal(await panel.page.getByRole('button', { name: 'Export…' }).count(), 0);
    await panel.page.getByRole('button', { name: 'More' }).click();
    assert.deepEqual(await panel.page.getByRole('menuitem').allInnerTexts(), [
      'Copy Answer',
      'Copy with Annotations',
      'Ask Again',
      'Compare',
      'Export…',
    ]);
    await panel.page.getByRole('menuitem', { name: 'Export…' }).click();
    await panel.postedAfter('export-requested');
    assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });

  it('offers no retry where nothing can be asked', async () => {
    const panel = await open();
    const state: PanelState = { phase: 'failed', message: 'No.', actions: ['retry', 'show-log'] };
    await panel.show(panelRun(script, { lines: BEGUN, state, abilities: [] }));
    assert.deepEqual(await panel.page.getByRole('alert').getByRole('button').allInnerTexts(), ['Show Log']);
  });

  it('confirms for a while what was done', async () => {
    const panel = await open();
    await panel.page.clock.install();
    await panel.show(panelRun(script));
    await panel.send({ type: 'status-told', message: 'Copied the solution.' });
    const confirmation = panel.page.getByRole('contentinfo').getByRole('status');
    assert.equal(await confirmation.innerText(), 'Copied the solution.');
    await panel.page.clock.runFor(6_000);
    assert.equal(await confirmation.innerText(), '');
  });

  it('ignores messages that it does not know, and says so in the console', async () => {
    const panel = await open();
    const warned = panel.page.waitForEvent('console', (message) => message.type() === 'warning');
    await panel.show(panelRun(script));
    const before = await panel.page.locator('#root').innerHTML();
    await panel.send({ type: 'of-the-future' });
    assert.match((await warned).text(), /does not know/);
    assert.equal(await panel.page.locator('#root').innerHTML(), before);
  });
});
