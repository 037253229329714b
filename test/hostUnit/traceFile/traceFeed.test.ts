import assert from 'node:assert/strict';
import type { TraceFileState } from '../../../src/host/traceFile/traceFollower.ts';
import { TraceFeed } from '../../../src/host/traceFile/traceFeed.ts';
import { PAGE_STEPS } from '../../../src/host/traceFile/tracePages.ts';
import type { HostMessage, PanelRun } from '../../../src/protocol/panel.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { PanelModel } from '../../../src/webview/model/panelModel.ts';
import { NEW_STATE } from '../../../src/webview/savedState.ts';
import { longRun } from '../../support/panelPage/sampleRun.ts';
import { scriptedTrace } from '../../support/scriptedTrace.ts';

const WHOLE: TraceFileState = {
  generation: 1,
  lines: [],
  damage: null,
  hasEnded: false,
  problem: null,
  isQuiet: false,
  isGone: false,
};
const OPENED_MS = 5_000;

/** A feed over a file whose state a test sets, and a panel that hears it. */
function feedOf(first: Partial<TraceFileState>) {
  let state = { ...WHOLE, ...first };
  const feed = new TraceFeed({ readState: () => state, abilities: ['keep'], openedAtMs: OPENED_MS });
  const panel = new PanelModel(NEW_STATE);
  const hear = (messages: readonly HostMessage[]): readonly HostMessage[] => {
    for (const message of messages) panel.receive(message);
    return messages;
  };
  return {
    panel,
    set: (changes: Partial<TraceFileState>): void => {
      state = { ...state, ...changes };
    },
    show: () => hear(feed.show()),
    update: () => hear(feed.update()),
    more: () => hear(feed.more()),
    showStep: (step: number) => hear(feed.showStep(step)),
  };
}

function runIn([message]: readonly HostMessage[]): PanelRun {
  assert.equal(message?.type, 'content-shown');
  return message.content.run ?? assert.fail('no run');
}

describe('TraceFeed', () => {
  let lines: readonly TraceLine[] = [];
  before(async () => {
    ({ lines } = await scriptedTrace());
  });

  it('shows a finished run with all that its trace says, and nothing to do but keep it', () => {
    const run = runIn(feedOf({ lines, hasEnded: true }).show());
    assert.deepEqual(run.lines, lines);
    assert.deepEqual(run.state, { phase: 'done' });
    assert.equal(run.question, 'What is 2 + 3?');
    assert.deepEqual([run.generatorName, run.mentorName], ['small', 'large']);
    assert.deepEqual([run.abilities, run.notice, run.hasMore], [['keep'], null, false]);
  });

  it('follows a run that another program writes, to its end', () => {
    const growing = [...lines.slice(0, 4)];
    const fed = feedOf({ lines: growing });
    assert.deepEqual(runIn(fed.show()).state, { phase: 'following', sinceMs: OPENED_MS });
    assert.deepEqual(fed.update(), []);
    growing.push(...lines.slice(4));
    fed.set({ hasEnded: true });
    assert.deepEqual(
      fed.update().map(({ type }) => type),
      ['lines-added', 'state-changed'],
    );
    const { run } = fed.panel.viewModel();
    assert.equal(run?.view.text, 'The sum is 5. The answer is 5.');
    assert.equal(run.isActive, false);
  });

  it('says that a run breaks off once nobody writes any more, and goes on when somebody does', () => {
    const growing = [...lines.slice(0, 4)];
    const fed = feedOf({ lines: growing });
    fed.show();
    fed.set({ isQuiet: true });
    assert.deepEqual(fed.update().at(-1), {
      type: 'state-changed',
      runId: 'run-1#1',
      state: { phase: 'broken-off' },
      notice: null,
    });
    growing.push(...lines.slice(4, 6));
    fed.set({ isQuiet: false });
    assert.equal(fed.update().length, 2);
    assert.equal(fed.panel.viewModel().run?.state.phase, 'following');
  });

  it('shows what stands before the damage, and says where it is and what', () => {
    const fed = feedOf({ lines: lines.slice(0, 6), damage: { line: 7, message: 'It is no JSON.' } });
    const run = runIn(fed.show());
    assert.equal(run.lines.length, 6);
    assert.deepEqual(run.state, { phase: 'broken-off' });
    assert.equal(run.notice?.action, null);
    assert.match(run.notice.message, /from line 7 on; what stands before it is shown. It is no JSON\./);
  });

  it('says of a deleted file that it is, with what was read of it', () => {
    const fed = feedOf({ lines: lines.slice(0, 6) });
    fed.show();
    fed.set({ isGone: true });
    const run = runIn(fed.update());
    assert.match(run.notice?.message ?? '', /deleted/);
    assert.equal(run.lines.length, 6);
  });

  it('says of a file without a run why there is none, and shows the run that comes', () => {
    for (const [state, message] of [
      [{}, /empty so far/],
      [{ damage: { line: 1, message: 'No trace.' } }, /^Line 1: No trace\.$/],
      [{ problem: 'Too large.' }, /^Too large\.$/],
      [{ isGone: true }, /deleted/],
    ] as const) {
      const fed = feedOf(state);
      fed.show();
      assert.match(fed.panel.viewModel().unreadable ?? '', message);
      assert.deepEqual(fed.update(), []);
      fed.set({ lines, damage: null, problem: null, isGone: false, hasEnded: true, generation: 2 });
      fed.update();
      assert.equal(fed.panel.viewModel().unreadable, null);
      assert.equal(fed.panel.viewModel().run?.question, 'What is 2 + 3?');
    }
  });

  it('shows a file anew that was replaced, as another run even if it has the same name', () => {
    const fed = feedOf({ lines, hasEnded: true });
    const { runId } = runIn(fed.show());
    fed.set({ generation: 2, lines: lines.slice(0, 5), hasEnded: false });
    const replaced = runIn(fed.update());
    assert.notEqual(replaced.runId, runId);
    assert.equal(replaced.lines.length, 5);
  });

  it('takes a failure for what the file says, and offers nothing to be done about it', () => {
    const last = lines.at(-1);
    assert.equal(last?.type, 'run-ended');
    const failed = { ...last, stop: 'failed', failure: { code: 'internal', message: 'Oh <b>no</b>.' } } as const;
    const { state } = runIn(feedOf({ lines: [...lines.slice(0, -1), failed], hasEnded: true }).show());
    assert.deepEqual(state, { phase: 'failed', message: 'Oh <b>no</b>.', actions: [] });
  });

  it('tells nothing to a page that has not asked yet', () => {
    const fed = feedOf({ lines });
    assert.deepEqual([fed.update(), fed.more(), fed.showStep(0)], [[], [], []]);
  });

  describe('over a long trace', () => {
    const long = longRun(2 * PAGE_STEPS + 100).end({ answer: '7' }).lines;
    const stepsOf = (shown: readonly TraceLine[]): number => shown.filter(({ type }) => type === 'step-taken').length;

    it('gives a page at a time, with the end of the run on the first', () => {
      const fed = feedOf({ lines: long, hasEnded: true });
      const first = runIn(fed.show());
      assert.deepEqual([stepsOf(first.lines), first.hasMore], [PAGE_STEPS, true]);
      assert.equal(first.lines.at(-1)?.type, 'run-ended');
      assert.equal(fed.panel.viewModel().run?.view.ended?.answer, '7');
      fed.more();
      assert.equal(fed.panel.viewModel().run?.view.steps.length, 2 * PAGE_STEPS);
      assert.deepEqual(fed.more().at(-1), { type: 'page-ended', runId: 'long#1', hasMore: false });
      const { run } = fed.panel.viewModel();
      assert.equal(run?.view.steps.length, stepsOf(long));
      assert.deepEqual(
        run.view.steps.map(({ step }) => step),
        run.view.steps.map((_, index) => index),
      );
    });

    it('gives the pages that were turned again to a page that is built anew', () => {
      const fed = feedOf({ lines: long, hasEnded: true });
      fed.show();
      fed.more();
      const again = runIn(fed.show());
      assert.deepEqual([stepsOf(again.lines), again.hasMore], [2 * PAGE_STEPS, true]);
    });

    it('turns the pages up to a step that is to be shown, and no further', () => {
      const fed = feedOf({ lines: long, hasEnded: true });
      fed.show();
      assert.deepEqual(
        fed.showStep(PAGE_STEPS).map(({ type }) => type),
        ['lines-added', 'page-ended', 'step-shown'],
      );
      const { run } = fed.panel.viewModel();
      assert.deepEqual([run?.view.steps.length, run?.selected?.step], [2 * PAGE_STEPS, PAGE_STEPS]);
      fed.showStep(3);
      assert.deepEqual(fed.panel.viewModel().run?.selected?.step, 3);
      assert.equal(fed.panel.viewModel().run?.view.steps.length, 2 * PAGE_STEPS);
    });

    it('holds back what a growing trace has beyond the page, and says that there is more', () => {
      const growing = long.slice(0, -1).filter((_, index) => index < 100);
      const fed = feedOf({ lines: growing });
      fed.show();
      growing.push(...long.slice(100, -1));
      const messages = fed.update();
      assert.deepEqual(messages.at(-1), { type: 'page-ended', runId: 'long#1', hasMore: true });
      assert.equal(fed.panel.viewModel().run?.view.steps.length, PAGE_STEPS);
    });
  });
});
