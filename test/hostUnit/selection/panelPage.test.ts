import assert from 'node:assert/strict';
import { Emitter } from '../../../src/host/emitter.ts';
import type { HostRun } from '../../../src/host/runs/hostRun.ts';
import type { RunChange } from '../../../src/host/runs/runController.ts';
import { PanelPage } from '../../../src/host/selection/panelPage.ts';
import type { PageChange, RunPage } from '../../../src/host/selection/runPage.ts';
import type { PanelMessage } from '../../../src/protocol/panel.ts';
import { sampleRun, SAMPLE_QUESTION } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();

class FakePanel {
  readonly messages = new Emitter<PanelMessage>();
  readonly views = new Emitter<void>();
  readonly onMessage = this.messages.event;
  readonly onDidChangeView = this.views.event;
  readonly shown: number[] = [];
  readonly told: string[] = [];
  isFocused = false;
  isVisible = true;

  showStep(step: number): void {
    this.shown.push(step);
  }

  tell(message: string): void {
    this.told.push(message);
  }
}

class FakeRuns {
  readonly changes = new Emitter<RunChange>();
  readonly onDidChange = this.changes.event;
  current: HostRun | null = null;

  show(run: HostRun): void {
    this.current = run;
    this.changes.fire({ type: 'run-replaced', run });
  }
}

function run(runId: string): HostRun {
  return {
    ...{ runId, question: SAMPLE_QUESTION, origin: null, notice: null, branch: null, parent: null },
    ...{ generatorName: 'small', mentorName: 'large', preset: 'paper-free', state: { phase: 'done' } },
    lines: [...script.lines],
  };
}

describe('PanelPage', () => {
  let panel: FakePanel;
  let runs: FakeRuns;
  let page: PanelPage;
  let added: RunPage | null;
  let changes: PageChange[];

  beforeEach(() => {
    panel = new FakePanel();
    runs = new FakeRuns();
    added = null;
    changes = [];
    const activeRun = {
      add: (opened: RunPage) => {
        added = opened;
        return { dispose: () => (added = null) };
      },
    };
    page = new PanelPage({ panel, runs, activeRun });
    page.onDidChange((change) => {
      changes.push(change);
    });
  });

  it('is a page as long as it lives, open or not', () => {
    panel.isVisible = false;
    assert.equal(added, page);
    assert.deepEqual([page.lines, page.selectedStep, page.isVisible], [null, null, false]);
    page.dispose();
    assert.equal(added, null);
  });

  it('is used by the focus, and by another run that it shows, wherever the focus is', () => {
    runs.show(run('a'));
    panel.views.fire();
    panel.isFocused = true;
    panel.views.fire();
    assert.deepEqual(changes, ['page-used', 'view-changed', 'page-used']);
    assert.equal(page.lines, runs.current?.lines);
  });

  it('tells that its run goes on, and that it is taken off show', () => {
    const shown = run('a');
    runs.show(shown);
    runs.changes.fire({ type: 'lines-added', run: shown, lines: shown.lines });
    runs.changes.fire({ type: 'state-changed', run: shown });
    runs.current = null;
    runs.changes.fire({ type: 'run-hidden', run: shown });
    assert.deepEqual(changes.slice(1), ['lines-changed', 'lines-changed', 'lines-changed']);
    assert.equal(page.lines, null);
  });

  it('keeps the step that the reader opened while that run is on show, also when the same is shown anew', () => {
    runs.show(run('a'));
    panel.messages.fire({ type: 'step-selected', step: steps.kept });
    panel.messages.fire({ type: 'composer-opened' });
    assert.deepEqual([changes.slice(1), page.selectedStep], [['step-selected'], steps.kept]);
    runs.show(run('a'));
    assert.equal(page.selectedStep, steps.kept);
    runs.show(run('b'));
    assert.equal(page.selectedStep, null);
    runs.show(run('a'));
    assert.equal(page.selectedStep, null);
    panel.messages.fire({ type: 'step-selected', step: null });
    assert.equal(page.selectedStep, null);
  });

  it('opens a step and shows a message in the panel, without telling what it was told', () => {
    runs.show(run('a'));
    page.showStep(steps.taken);
    page.tell('There is no further mentor segment.');
    assert.deepEqual([panel.shown, page.selectedStep], [[steps.taken], steps.taken]);
    assert.deepEqual(panel.told, ['There is no further mentor segment.']);
    assert.deepEqual(changes, ['page-used']);
  });
});
