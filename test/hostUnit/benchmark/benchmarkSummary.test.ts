import assert from 'node:assert/strict';
import { benchmarkItem } from '../../../src/host/benchmark/benchmarkItems.ts';
import { countRuns, doneWords, isWhole } from '../../../src/host/benchmark/benchmarkSummary.ts';
import { summaryOf } from '../support/benchmarkSummaryOf.ts';

const line = (item: string, stop: string): string =>
  JSON.stringify({ type: 'run-done', arm: 'generator', item, seed: 1, stop });

describe('the summary of a benchmark', () => {
  it('counts each run once, and a failed one until it was made again', () => {
    const journal = ['{"type":"models-seen"}', line('a', 'end'), line('b', 'failed'), line('c', 'failed')];
    assert.deepEqual(countRuns(journal.join('\n')), { done: 3, failed: 2 });
    assert.deepEqual(countRuns([...journal, line('b', 'end'), ''].join('\n')), { done: 3, failed: 1 });
  });

  it('leaves out a line that a crash has cut off', () => {
    assert.deepEqual(countRuns(`${line('a', 'end')}\n${line('b', 'end').slice(0, 20)}`), { done: 1, failed: 0 });
    assert.deepEqual(countRuns(''), { done: 0, failed: 0 });
  });

  it('tells how much is done, and is whole only when nothing is left', () => {
    assert.equal(doneWords({ done: 87, failed: 0, runs: 180 }), '87 of 180 runs');
    assert.equal(doneWords({ done: 180, failed: 3, runs: 180 }), 'all 180 runs, 3 failed');
    assert.equal(isWhole({ done: 180, failed: 0, runs: 180 }), true);
    assert.equal(isWhole({ done: 180, failed: 3, runs: 180 }), false);
    assert.equal(isWhole({ done: 87, failed: 0, runs: 180 }), false);
  });

  it('is a line of a list with data, pair, arms and how far it is', () => {
    const options = { isRunning: false, language: 'en' };
    const item = benchmarkItem(summaryOf({ done: 87 }), options);
    assert.equal(item.label, 'demo:math: demo-small with demo-mentor');
    assert.equal(item.description, '87 of 180 runs');
    assert.match(item.detail, / · generator, paper-free · 20 a domain$/);
    assert.match(benchmarkItem(summaryOf({}), { ...options, isRunning: true }).description, /^under way: /);
    assert.match(benchmarkItem(summaryOf({ isElsewhere: true }), options).description, /^under way in another window/);
  });

  it('shows no icons that a file’s name asks for', () => {
    const choice = { ...summaryOf({}).choice, data: 'file:///$(trash).jsonl' };
    assert.doesNotMatch(benchmarkItem(summaryOf({ choice }), { isRunning: false, language: 'en' }).label, /\$\(/);
  });
});
