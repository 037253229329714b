import assert from 'node:assert/strict';
import type { RunEnded, StopReason } from '../../../src/core/runEvent.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { isActive } from '../../../src/protocol/isActive.ts';
import { describeState } from '../../../src/webview/model/describeState.ts';
import { RunScript } from '../../support/panelPage/runScript.ts';

function endedBy(stop: StopReason): RunEnded {
  const last = new RunScript('r', 'q').write('one').end({ stop, timeMs: 3_210 }).lines.at(-1);
  assert.ok(last?.type === 'run-ended');
  return last;
}

function textOf(state: PanelState, ended: RunEnded | null = null): string {
  return describeState({ state, generatorName: 'small', mentorName: 'large', ended }).text;
}

describe('describeState', () => {
  it('names the model that is being loaded, and how far it is', () => {
    const state: PanelState = { phase: 'loading', role: 'mentor', fraction: 0.43, sinceMs: 5 };
    const description = describeState({ state, generatorName: 'small', mentorName: 'large', ended: null });
    assert.deepEqual(description, { icon: 'busy', text: 'Loading the mentor large', sinceMs: 5, fraction: 0.43 });
  });

  it('leaves the seconds to the clock, so that a state is announced once', () => {
    assert.equal(textOf({ phase: 'reading-prompt', sinceMs: 0 }), 'Reading the prompt');
    assert.equal(textOf({ phase: 'reasoning', sinceMs: 0 }), 'Reasoning');
    assert.equal(textOf({ phase: 'stopping', sinceMs: 0 }), 'Stopping');
  });

  it('says how long a run took, and why it ended when the text may be incomplete', () => {
    assert.equal(textOf({ phase: 'done' }, endedBy('end')), 'Done in 3.2 s');
    assert.equal(textOf({ phase: 'done' }, endedBy('maxTokens')), 'Done in 3.2 s, at the token limit');
    assert.match(textOf({ phase: 'done' }, endedBy('repeat')), /repeated itself/);
    assert.equal(textOf({ phase: 'stopped' }, endedBy('cancelled')), 'Stopped after 3.2 s');
    assert.equal(textOf({ phase: 'failed', message: 'no', actions: [] }, endedBy('failed')), 'Failed after 3.2 s');
  });

  it('says of a trace from elsewhere that it is being written, or that it breaks off', () => {
    assert.equal(textOf({ phase: 'following', sinceMs: 0 }), 'Being written by another program');
    assert.equal(textOf({ phase: 'broken-off' }), 'Breaks off before the end of the run');
  });

  it('does without the end of a file that breaks off', () => {
    assert.equal(textOf({ phase: 'done' }), 'Done');
  });
});

describe('isActive', () => {
  it('is true until the run is over', () => {
    assert.ok(isActive({ phase: 'stopping', sinceMs: 0 }));
    assert.ok(isActive({ phase: 'following', sinceMs: 0 }));
    assert.ok(!isActive({ phase: 'stopped' }));
    assert.ok(!isActive({ phase: 'broken-off' }));
  });
});
