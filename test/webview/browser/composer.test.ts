import assert from 'node:assert/strict';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script } = sampleRun();

describe('the question box', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('is asked for by the button in the header', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.page.getByRole('button', { name: 'New Question' }).click();
    await panel.postedAfter('composer-opened');
  });

  it('opens with the host’s text, focused and selected, so that typing replaces it', async () => {
    const panel = await open();
    await panel.show(null, { question: 'What is 6 * 7?' });
    const box = panel.page.getByRole('textbox', { name: 'Your question' });
    assert.equal(await box.inputValue(), 'What is 6 * 7?');
    assert.ok(await box.evaluate((element) => element === document.activeElement));
    await panel.page.keyboard.type('Why?');
    assert.equal(await box.inputValue(), 'Why?');
  });

  it('asks with Enter, and starts a line with Shift+Enter', async () => {
    const panel = await open();
    await panel.show(null, { question: '' });
    await panel.page.keyboard.type('one');
    await panel.page.keyboard.press('Shift+Enter');
    await panel.page.keyboard.type('two');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.postedAfter('question-asked'), { type: 'question-asked', question: 'one\ntwo' });
  });

  it('asks with the button too, and leaves it to the host what is wrong with an empty question', async () => {
    const panel = await open();
    await panel.show(null, { question: '' });
    await panel.page.getByRole('button', { name: 'Ask' }).click();
    assert.deepEqual(await panel.postedAfter('question-asked'), { type: 'question-asked', question: '' });
    await panel.send({ type: 'status-told', message: 'Type a question first.' });
    assert.match(await panel.page.getByRole('contentinfo').innerText(), /Type a question first\./);
    assert.equal(await panel.page.getByRole('textbox').count(), 1);
  });

  it('asks the host to close with Escape and with Cancel, and closes when the host says so', async () => {
    const panel = await open();
    await panel.show(panelRun(script), { question: 'x' });
    await panel.page.keyboard.press('Escape');
    await panel.postedAfter('composer-closed');
    await panel.page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal((await panel.posted()).filter((message) => message.type === 'composer-closed').length, 2);
    await panel.show(panelRun(script));
    assert.equal(await panel.page.getByRole('textbox').count(), 0);
  });

  it('keeps what is being typed while the run goes on and over a reload', async () => {
    const panel = await open();
    await panel.show(panelRun(script), { question: '' });
    await panel.page.keyboard.type('half a ques');
    await panel.show(panelRun(script), { question: '' });
    assert.equal(await panel.page.getByRole('textbox').inputValue(), 'half a ques');
    const again = await open({ savedState: await panel.savedState() });
    await again.show(panelRun(script), { question: '' });
    assert.equal(await again.page.getByRole('textbox').inputValue(), 'half a ques');
    await again.page.keyboard.type('tion');
    assert.equal(await again.page.getByRole('textbox').inputValue(), 'half a question');
  });

  it('grows with its text, within bounds', async () => {
    const panel = await open({ size: { width: 800, height: 600 } });
    await panel.show(null, { question: '' });
    const box = panel.page.getByRole('textbox');
    const height = async (): Promise<number> => (await box.boundingBox())?.height ?? 0;
    const low = await height();
    await box.fill('line\n'.repeat(8));
    assert.ok((await height()) > low);
    await box.fill('line\n'.repeat(500));
    assert.ok((await height()) <= 600 * 0.4);
  });
});
