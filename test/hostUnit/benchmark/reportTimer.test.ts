import assert from 'node:assert/strict';
import { ReportTimer } from '../../../src/host/benchmark/reportTimer.ts';

describe('the time between two reports of a benchmark', () => {
  it('is five seconds while somebody looks, and a minute else', () => {
    let [nowMs, isWatched] = [0, true];
    const timer = new ReportTimer(
      () => nowMs,
      () => isWatched,
    );
    const isDueAt = (atMs: number): boolean => {
      nowMs = atMs;
      return timer.isDue();
    };
    assert.equal(isDueAt(0), true);
    timer.noteWritten();
    assert.equal(isDueAt(4_999), false);
    assert.equal(isDueAt(5_000), true);
    timer.noteWritten();
    isWatched = false;
    assert.equal(isDueAt(64_999), false);
    assert.equal(isDueAt(65_000), true);
  });

  it('grows with what a report costs, so that the work goes on', () => {
    let nowMs = 0;
    const timer = new ReportTimer(
      () => nowMs,
      () => true,
    );
    assert.equal(timer.isDue(), true);
    nowMs = 2_000;
    timer.noteWritten();
    nowMs = 41_999;
    assert.equal(timer.isDue(), false);
    nowMs = 42_000;
    assert.equal(timer.isDue(), true);
  });
});
