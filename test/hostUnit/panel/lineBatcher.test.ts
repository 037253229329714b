import assert from 'node:assert/strict';
import { NO_USAGE } from '../../../src/core/languageModel.ts';
import { BATCH_MS, LineBatcher } from '../../../src/host/panel/lineBatcher.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';

const line = (tokens: number): TraceLine => ({ type: 'prompt-read', by: 'mentor', tokens, timeMs: 0, cost: NO_USAGE });

function createBatcher() {
  const scheduler = new ManualScheduler();
  const sent: (readonly TraceLine[])[] = [];
  const batcher = new LineBatcher(scheduler, (lines) => sent.push(lines));
  return { scheduler, sent, batcher };
}

describe('LineBatcher', () => {
  it('sends what came within two frames as one message, in order', () => {
    const { scheduler, sent, batcher } = createBatcher();
    batcher.add([line(1)]);
    scheduler.pass(BATCH_MS - 1);
    batcher.add([line(2), line(3)]);
    assert.deepEqual(sent, []);
    scheduler.pass(1);
    assert.deepEqual(sent, [[line(1), line(2), line(3)]]);
  });

  it('sends at once when flushed, and nothing twice', () => {
    const { scheduler, sent, batcher } = createBatcher();
    batcher.add([line(1)]);
    batcher.flush();
    batcher.flush();
    scheduler.pass(BATCH_MS);
    assert.deepEqual(sent, [[line(1)]]);
  });

  it('forgets what it has gathered when cleared or disposed', () => {
    const { scheduler, sent, batcher } = createBatcher();
    batcher.add([line(1)]);
    batcher.clear();
    batcher.add([line(2)]);
    batcher.dispose();
    batcher.add([line(3)]);
    scheduler.pass(BATCH_MS);
    assert.deepEqual(sent, []);
    assert.equal(scheduler.waiting, 0);
  });
});
