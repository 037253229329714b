import assert from 'node:assert/strict';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';

const { script } = sampleRun();

describe('a trace file in the panel', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('that shows nothing is told of in words, and can be opened as text', async () => {
    const panel = await open();
    await panel.send({ type: 'file-unreadable', message: 'Line 1: <b>no</b> trace.' });
    assert.equal(await panel.page.getByRole('alert').innerText(), 'Line 1: <b>no</b> trace.');
    assert.equal(await panel.page.getByRole('button').count(), 1);
    await panel.page.getByRole('button', { name: 'Open as Text' }).click();
    await panel.postedAfter('text-requested');
  });

  it('has a remark without a button where there is nothing to choose', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { notice: { message: 'It is damaged at line 12.', action: null } }));
    const remark = panel.page.getByRole('region', { name: 'Remark' });
    assert.equal(await remark.innerText(), 'It is damaged at line 12.');
    assert.equal(await remark.getByRole('button').count(), 0);
  });

  it('has no buttons for what can not be done with it', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { abilities: [] }));
    const names = await panel.page.getByRole('button').allInnerTexts();
    for (const name of ['New Question', 'Insert at Cursor', 'Keep in Runs', 'Stop'])
      assert.ok(!names.includes(name), name);
    assert.ok(names.includes('Copy'));
    await panel.page.getByRole('button', { name: 'Export…' }).click();
    await panel.postedAfter('export-requested');
  });

  it('can be kept once it is over', async () => {
    const panel = await open();
    const keep = panel.page.getByRole('button', { name: 'Keep in Runs' });
    await panel.show(panelRun(script, { abilities: ['keep'], state: { phase: 'following', sinceMs: 0 } }));
    assert.equal(await keep.isEnabled(), false);
    await panel.send({ type: 'state-changed', runId: script.runId, state: { phase: 'broken-off' }, notice: null });
    await keep.click();
    await panel.postedAfter('keep-requested');
  });

  it('that is long comes in pages, each on request, and says until when there is more', async () => {
    const panel = await open();
    const { runId, lines } = script;
    await panel.show(panelRun(script, { lines: lines.slice(0, 12), hasMore: true }));
    const more = panel.page.getByRole('button', { name: 'Show More' });
    await more.click();
    await panel.postedAfter('more-requested');
    await panel.send({ type: 'lines-added', runId, lines: lines.slice(12) });
    await panel.send({ type: 'page-ended', runId, hasMore: false });
    assert.equal(await more.count(), 0);
    assert.match(await panel.page.locator('.words').innerText(), /The answer is 171\./);
  });

  it('that another program writes is read along', async () => {
    const panel = await open();
    const state = { phase: 'following', sinceMs: Date.now() } as const;
    await panel.show(panelRun(script, { state, abilities: [] }));
    await panel.page.getByRole('status').filter({ hasText: 'Being written by another program' }).waitFor();
    await panel.send({ type: 'state-changed', runId: script.runId, state: { phase: 'broken-off' }, notice: null });
    await panel.page.getByRole('status').filter({ hasText: 'Breaks off before the end of the run' }).waitFor();
  });
});
