import assert from 'node:assert/strict';
import { BenchProgress } from '../../../src/bench/run/benchProgress.ts';
import { ProgressLine } from '../../../src/cli/progressLine.ts';
import { runRecord } from '../../support/bench/testRecords.ts';
import { KeptOutput } from '../../cli/scriptedContext.ts';

describe('the progress of a bench', () => {
  /** As a terminal shows it. */
  class Shown {
    readonly output: KeptOutput;
    readonly progress: BenchProgress;
    nowMs = 0;
    readonly #line: ProgressLine;
    readonly #prefix: string;

    constructor({ total = 10, prefix = '', isTTY = true } = {}) {
      this.output = new KeptOutput({ isTTY });
      this.progress = new BenchProgress(total, () => this.nowMs);
      this.#line = new ProgressLine(this.output);
      this.#prefix = prefix;
    }

    add(item: number, arm = 'generator', isCorrect = true): void {
      this.progress.add(runRecord({ arm, item: `q${item}`, isCorrect }));
      this.#line.show(`${this.#prefix}${this.progress.words}`);
    }

    get last(): string {
      return this.output.written.split('\r\u001b[K').at(-1) ?? '';
    }
  }

  it('counts the right ones of each arm, and all runs', () => {
    const shown = new Shown();
    shown.progress.begin();
    shown.add(0);
    shown.add(1, 'generator', false);
    assert.equal(shown.last, 'generator: 1 of 2 right · 2 of 10 runs');
    shown.add(0, 'paper-free');
    assert.equal(shown.last, 'paper-free: 1 of 1 right · 3 of 10 runs · about 0 ms left');
    assert.equal(shown.progress.done, 3);
  });

  it('says how long the rest takes as soon as three runs were made, and not behind the last', () => {
    const shown = new Shown({ total: 5 });
    shown.progress.begin();
    for (const item of [0, 1, 2]) {
      shown.nowMs += 4_000;
      shown.add(item);
    }
    assert.match(shown.last, /3 of 5 runs · about 8\.0 s left$/);
    shown.add(3);
    assert.match(shown.last, /4 of 5 runs · about 3\.0 s left$/);
    shown.add(4);
    assert.match(shown.last, /5 of 5 runs$/);
  });

  it('takes no pace from runs that were over before', () => {
    const shown = new Shown({ total: 10 });
    for (const item of [0, 1, 2, 3]) shown.add(item);
    assert.match(shown.last, /4 of 10 runs$/);
    shown.nowMs = 50_000;
    shown.progress.begin();
    for (const item of [4, 5, 6]) {
      shown.nowMs += 1_000;
      shown.add(item);
    }
    assert.match(shown.last, /7 of 10 runs · about 3\.0 s left$/);
  });

  it('says which of several pairs it is', () => {
    const shown = new Shown({ prefix: 'small+large, ' });
    shown.add(0);
    assert.equal(shown.last, 'small+large, generator: 1 of 1 right · 1 of 10 runs');
  });

  it('shows nothing where no person looks', () => {
    const shown = new Shown({ isTTY: false });
    shown.add(0);
    assert.equal(shown.output.written, '');
  });

  const run = (isCorrect: boolean, arm = 'paper-free') => ({ arm, isCorrect });

  it('tells the arm under way, all runs, and then about how long it takes', () => {
    let nowMs = 0;
    const progress = new BenchProgress(6, () => nowMs);
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
    assert.equal(new BenchProgress(6, () => 0).words, '0 of 6 runs');
  });
});
