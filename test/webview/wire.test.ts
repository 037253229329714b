import assert from 'node:assert/strict';
import { readHostMessage } from '../../src/webview/readHostMessage.ts';
import { NEW_STATE, readSavedState } from '../../src/webview/savedState.ts';

describe('readHostMessage', () => {
  it('takes what the host sends', () => {
    const message = { type: 'state-changed', runId: 'r', state: { phase: 'done' }, notice: null };
    assert.equal(readHostMessage(message), message);
  });

  it('takes nothing else', () => {
    for (const data of [null, 'text', {}, { type: 'of-the-future' }, { type: 'lines-added', runId: 'r' }]) {
      assert.equal(readHostMessage(data), null);
    }
  });
});

describe('readSavedState', () => {
  it('takes what was saved', () => {
    const saved = {
      runId: 'r',
      view: 'rendered',
      selectedStep: 4,
      side: 'branches',
      isTimelineFolded: true,
      draft: { openedWith: 'a', text: 'b' },
    };
    assert.deepEqual(readSavedState(saved), saved);
  });

  it('starts anew from nothing, and from what another version has left', () => {
    for (const saved of [undefined, null, 3, { view: 'pages', selectedStep: '4', runId: 1, draft: { text: 'b' } }]) {
      assert.deepEqual(readSavedState(saved), NEW_STATE);
    }
  });
});
