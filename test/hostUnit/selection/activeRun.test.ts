import assert from 'node:assert/strict';
import type { ActiveRunChange } from '../../../src/host/selection/activeRun.ts';
import { ActiveRun, GROWTH_MS } from '../../../src/host/selection/activeRun.ts';
import { DecisionLog } from '../../../src/host/selection/decisionLog.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import { eventsOf } from '../../../src/protocol/eventsOf.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { longRun, sampleRun } from '../../support/panelPage/sampleRun.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';
import { FakePage } from './fakePage.ts';

const { script, steps } = sampleRun();

describe('ActiveRun', () => {
  let scheduler: ManualScheduler;
  let active: ActiveRun;
  let changes: ActiveRunChange['type'][];

  beforeEach(() => {
    scheduler = new ManualScheduler();
    active = new ActiveRun(scheduler);
    changes = [];
    active.onDidChange(({ type }) => {
      changes.push(type);
    });
  });

  function open(name: string, lines: readonly TraceLine[] | null = [...script.lines]): FakePage {
    const page = new FakePage(name, lines);
    active.add(page);
    return page;
  }

  it('is none without a page, and of a page that shows none', () => {
    open('panel', null);
    assert.deepEqual([active.page, active.lines, active.decisions, active.selectedStep], [null, null, null, null]);
    assert.deepEqual(changes, []);
  });

  it('is that of the page used last among those in sight', () => {
    const panel = open('panel');
    const editor = open('editor');
    assert.equal(active.page, editor);
    panel.changes.fire('page-used');
    assert.equal(active.page, panel);
    panel.setVisible(false);
    assert.equal(active.page, editor);
    panel.setVisible(true);
    assert.equal(active.page, panel);
  });

  it('stays that of the page used last while none is in sight', () => {
    const panel = open('panel');
    const editor = open('editor');
    panel.setVisible(false);
    editor.setVisible(false);
    assert.equal(active.page, editor);
    assert.deepEqual(changes, ['run-changed', 'run-changed']);
  });

  it('falls back to another page when the one in use closes, or shows no run any more', () => {
    const panel = open('panel');
    const editor = new FakePage('editor', [...script.lines]);
    const adding = active.add(editor);
    editor.replace(null);
    assert.equal(active.page, panel);
    editor.replace([...script.lines]);
    assert.equal(active.page, editor);
    adding.dispose();
    assert.equal(active.page, panel);
    editor.changes.fire('page-used');
    assert.equal(active.page, panel);
  });

  it('tells of another run of the same page, which has no step open', () => {
    const panel = open('panel');
    panel.select(steps.taken);
    panel.replace(longRun(20).lines);
    assert.deepEqual(changes, ['run-changed', 'step-selected', 'run-changed']);
    assert.equal(active.selectedStep, null);
    assert.equal(active.decisions?.counts.probes, 5);
  });

  it('tells of growth at most once in a while, and of the last of it', () => {
    const lines: TraceLine[] = [];
    const panel = open('panel', lines);
    changes = [];
    for (const line of script.lines) {
      lines.push(line);
      panel.changes.fire('lines-changed');
    }
    assert.deepEqual(changes, []);
    scheduler.pass(GROWTH_MS);
    assert.deepEqual(changes, ['run-grown']);
    assert.equal(active.decisions?.decisions.length, 6);
    assert.ok(active.decisions.ended);
    assert.equal(scheduler.waiting, 0);
  });

  it('shows a step in its page, and hears of those that the reader opens there, but not of another page', () => {
    const other = open('editor');
    const panel = open('panel');
    const ours: boolean[] = [];
    active.onDidChange((change) => {
      if (change.type === 'step-selected') ours.push(change.isOurs);
    });
    active.showStep(steps.kept, true);
    active.showStep(steps.taken, false);
    panel.select(steps.agreed);
    other.select(steps.end);
    assert.deepEqual(panel.shown, [steps.kept, steps.taken]);
    assert.deepEqual(ours, [true, false, false]);
    assert.equal(active.selectedStep, steps.agreed);
  });

  it('calls nobody back once it is disposed', () => {
    const panel = open('panel', []);
    panel.changes.fire('lines-changed');
    active.dispose();
    assert.equal(scheduler.waiting, 0);
  });
});

describe('DecisionLog', () => {
  it('reads every line once, and comes to what the whole run comes to', () => {
    const whole = longRun(400).lines;
    let reads = 0;
    const counted = new Proxy<TraceLine[]>([], {
      get: (lines, key, receiver): unknown => {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(lines, key, receiver);
      },
    });
    const log = new DecisionLog(counted);
    for (const line of whole) {
      counted.push(line);
      log.read();
    }
    assert.equal(reads, whole.length);
    const { decisions, counts, ended } = viewRun(eventsOf(whole));
    const read = log.read();
    assert.deepEqual([read.decisions, read.counts, read.ended], [decisions, counts, ended]);
  });
});
