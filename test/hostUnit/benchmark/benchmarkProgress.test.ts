import assert from 'node:assert/strict';
import { BenchmarkProgress } from '../../../src/host/benchmark/benchmarkProgress.ts';
import { ReportTimer } from '../../../src/host/benchmark/reportTimer.ts';

describe('the progress of a benchmark', () => {
  const run = (isCorrect: boolean, arm = 'paper-free') => ({ arm, isCorrect });

  it('tells the arm under way, all runs, and then about how long it takes', () => {
    let nowMs = 0;
    const progress = new BenchmarkProgress(6, () => nowMs);
    progress.add(run(true, 'generator'));
    progress.begin();
    assert.equal(progress.words, 'generator: 1 of 1 right · 1 of 6 runs');
    for (const isCorrect of [true, false]) progress.add(run(isCorrect));
    assert.equal(progress.words, 'paper-free: 1 of 2 right · 3 of 6 runs');
    nowMs = 30_000;
    progress.add(run(true));
    assert.equal(progress.words, 'paper-free: 2 of 3 right · 4 of 6 runs · about 20.0 s left');
    assert.equal(progress.share, 4 / 6);
    for (const isCorrect of [true, false]) progress.add(run(isCorrect));
    assert.equal(progress.words, 'paper-free: 3 of 5 right · 6 of 6 runs');
  });

  it('has words before anything has run', () => {
    assert.equal(new BenchmarkProgress(6, () => 0).words, '0 of 6 runs');
  });
});

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
