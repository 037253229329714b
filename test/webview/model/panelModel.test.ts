import assert from 'node:assert/strict';
import type { PanelRun } from '../../../src/protocol/panel.ts';
import type { RunPanelView } from '../../../src/webview/model/panelModel.ts';
import { PanelModel } from '../../../src/webview/model/panelModel.ts';
import { NEW_STATE } from '../../../src/webview/savedState.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();
const REASONING = { phase: 'reasoning', sinceMs: 1_000 } as const;

function showing(run: PanelRun, saved = NEW_STATE): PanelModel {
  const model = new PanelModel(saved);
  model.receive({ type: 'content-shown', content: { composer: null, run } });
  return model;
}

function runOf(model: PanelModel): RunPanelView {
  const { run } = model.viewModel();
  assert.ok(run);
  return run;
}

describe('PanelModel', () => {
  it('shows nothing before the host has said what', () => {
    const empty = { composer: null, run: null, status: null, unreadable: null };
    assert.deepEqual(new PanelModel(NEW_STATE).viewModel(), empty);
  });

  it('shows an unreadable file instead of a run, until there is one again', () => {
    const model = showing(panelRun(script));
    model.receive({ type: 'file-unreadable', message: 'It is empty.' });
    assert.deepEqual(model.viewModel(), { composer: null, run: null, status: null, unreadable: 'It is empty.' });
    model.receive({ type: 'content-shown', content: { composer: null, run: panelRun(script) } });
    assert.equal(model.viewModel().unreadable, null);
  });

  it('shows the same live, line by line, as all at once', () => {
    const live = showing(panelRun(script, { lines: script.lines.slice(0, 3) }));
    for (const line of script.lines.slice(3)) live.receive({ type: 'lines-added', runId: 'sample', lines: [line] });
    assert.deepEqual(runOf(live), runOf(showing(panelRun(script))));
  });

  it('leaves out lines and states of another run', () => {
    const model = showing(panelRun(script, { lines: script.lines.slice(0, 8), state: REASONING }));
    const before = runOf(model);
    model.receive({ type: 'lines-added', runId: 'older', lines: script.lines.slice(8) });
    model.receive({ type: 'state-changed', runId: 'older', state: { phase: 'done' }, notice: null });
    assert.deepEqual(runOf(model), before);
  });

  it('follows the state of its run', () => {
    const model = showing(panelRun(script, { state: REASONING }));
    assert.equal(runOf(model).isActive, true);
    model.receive({ type: 'state-changed', runId: 'sample', state: { phase: 'stopped' }, notice: null });
    assert.equal(runOf(model).isActive, false);
    assert.match(runOf(model).description.text, /^Stopped/);
  });

  it('shows a remark that comes while the run goes on', () => {
    const model = showing(panelRun(script, { state: REASONING }));
    assert.equal(runOf(model).notice, null);
    const notice = { message: 'The models run on the processor.', action: null };
    model.receive({ type: 'state-changed', runId: 'sample', state: REASONING, notice });
    assert.deepEqual(runOf(model).notice, notice);
  });

  it('shows Words while the run goes on, and the chosen view when it is over', () => {
    const model = showing(panelRun(script, { state: REASONING }), { ...NEW_STATE, view: 'rendered' });
    assert.equal(runOf(model).textView, 'words');
    model.receive({ type: 'state-changed', runId: 'sample', state: { phase: 'done' }, notice: null });
    assert.equal(runOf(model).textView, 'rendered');
  });

  it('opens any step that was taken, with its decision where the mentor was probed', () => {
    const model = showing(panelRun(script));
    model.selectStep(steps.kept);
    assert.equal(runOf(model).selected?.decision?.outcome, 'keptGenerator');
    model.selectStep(1);
    const unprobed = runOf(model).selected;
    assert.ok(unprobed);
    assert.equal(unprobed.decision, null);
    assert.equal(unprobed.taken.text, ' starts');
    assert.deepEqual([unprobed.start, unprobed.end], [3, 10]);
    model.selectStep(100_000);
    assert.equal(runOf(model).selected, null);
  });

  it('opens and closes steps as the host says, of its own run alone', () => {
    const model = showing(panelRun(script));
    model.receive({ type: 'step-shown', runId: 'sample', step: 2 });
    assert.equal(runOf(model).selected?.step, 2);
    model.receive({ type: 'step-shown', runId: 'older', step: null });
    assert.equal(runOf(model).selected?.step, 2);
    model.receive({ type: 'step-shown', runId: 'sample', step: null });
    assert.equal(runOf(model).selected, null);
  });

  it('keeps the open decision when the same content is shown again, and closes it with another run', () => {
    const model = showing(panelRun(script));
    model.selectStep(steps.taken);
    model.receive({ type: 'content-shown', content: { composer: null, run: panelRun(script) } });
    assert.equal(runOf(model).selected?.step, steps.taken);
    model.receive({ type: 'content-shown', content: { composer: null, run: panelRun(script, { runId: 'next' }) } });
    assert.equal(runOf(model).selected, null);
  });

  it('comes back after a reload as it was left', () => {
    const left = showing(panelRun(script));
    left.chooseView('rendered');
    left.selectStep(steps.taken);
    const back = runOf(showing(panelRun(script), left.savedState()));
    assert.equal(back.textView, 'rendered');
    assert.equal(back.selected?.step, steps.taken);
    assert.equal(runOf(showing(panelRun(script, { runId: 'next' }), left.savedState())).selected, null);
  });

  it('keeps what is being typed, over new content and over a reload, until the host opens the box with another text', () => {
    const content = { composer: { question: 'Why?' }, run: null };
    const model = new PanelModel(NEW_STATE);
    model.receive({ type: 'content-shown', content });
    model.editQuestion('Why not?');
    model.receive({ type: 'content-shown', content });
    assert.equal(model.viewModel().composer?.text, 'Why not?');
    const back = new PanelModel(model.savedState());
    back.receive({ type: 'content-shown', content });
    assert.equal(back.viewModel().composer?.text, 'Why not?');
    back.receive({ type: 'content-shown', content: { composer: { question: 'How?' }, run: null } });
    assert.equal(back.viewModel().composer?.text, 'How?');
  });

  it('tells one confirmation from the next with the same words', () => {
    const model = new PanelModel(NEW_STATE);
    model.receive({ type: 'status-told', message: 'Copied' });
    const first = model.viewModel().status;
    model.receive({ type: 'status-told', message: 'Copied' });
    assert.equal(first?.message, 'Copied');
    assert.notDeepEqual(model.viewModel().status, first);
    model.clearStatus();
    assert.equal(model.viewModel().status, null);
  });

  it('opens and closes the question box without another run on show', () => {
    const model = showing(panelRun(script));
    model.selectStep(steps.taken);
    model.receive({ type: 'composer-changed', composer: { question: 'How?' } });
    assert.equal(model.viewModel().composer?.text, 'How?');
    model.editQuestion('How many?');
    model.receive({ type: 'composer-changed', composer: { question: 'How?' } });
    assert.equal(model.viewModel().composer?.text, 'How many?');
    model.receive({ type: 'composer-changed', composer: null });
    const { composer, run } = model.viewModel();
    assert.deepEqual([composer, run?.selected?.step], [null, steps.taken]);
  });
});
