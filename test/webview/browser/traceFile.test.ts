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

  it('that another program writes is read along', async () => {
    const panel = await open();
    const state = { phase: 'following', sinceMs: Date.now() } as const;
    await panel.show(panelRun(script, { state, abilities: [] }));
    await panel.page.getByRole('status').filter({ hasText: 'Being written by another program' }).waitFor();
    await panel.send({ type: 'state-changed', runId: script.runId, state: { phase: 'broken-off' } });
    await panel.page.getByRole('status').filter({ hasText: 'Breaks off before the end of the run' }).waitFor();
  });
});
