import assert from 'node:assert/strict';
import { MemoryStore } from '../../../src/bench/folder/stores.ts';
import type { BenchInput } from '../../../src/bench/run/bench.ts';
import { runBench } from '../../../src/bench/run/bench.ts';
import { benchJobs } from '../../../src/bench/run/benchJob.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { SolveRequest } from '../../../src/protocol/engine.ts';
import { KeptBench } from '../../support/bench/listeners.ts';
import { wordsOf } from '../../support/bench/scriptedRun.ts';
import type { Script } from '../../support/bench/scriptedSolver.ts';
import { ScriptedSolver } from '../../support/bench/scriptedSolver.ts';
import { CHANCE, GENERATOR, MENTOR } from '../../support/bench/testArms.ts';
import { numberItems } from '../../support/bench/testItems.ts';
import { runRecord } from '../../support/bench/testRecords.ts';
import { requestOf } from '../../support/bench/testRequest.ts';

const RIGHT = (request: SolveRequest): string => `The answer is ${/\d+/.exec(questionOf(request))?.[0] ?? ''}.`;

describe('running a bench', () => {
  class Setting {
    readonly store = new MemoryStore();
    readonly listener: KeptBench;
    readonly abort = new AbortController();
    readonly solvers: readonly ScriptedSolver[];

    constructor(script: Script = RIGHT, { workers = 1, listener = new KeptBench() } = {}) {
      this.solvers = Array.from({ length: workers }, () => new ScriptedSolver(script));
      this.listener = listener;
    }

    run(others: Partial<BenchInput> = {}): Promise<void> {
      return runBench({
        jobs: benchJobs([GENERATOR, CHANCE], numberItems(3), [1]),
        store: this.store,
        options: { requestOf, mode: 'strict', onProgress: this.listener.onProgress },
        workers: this.solvers.map(({ solve }) => solve),
        listener: this.listener,
        signal: this.abort.signal,
        ...others,
      });
    }

    get asked(): readonly string[] {
      return this.solvers.flatMap(({ requests }) => requests.map(({ runId }) => runId));
    }
  }
  const all = ['generator/q0/1', 'generator/q1/1', 'generator/q2/1'].concat(
    ...['paper-free/q0/1', 'paper-free/q1/1', 'paper-free/q2/1'],
  );

  it('makes every run, keeps it, and tells of it', async () => {
    const bench = new Setting();
    await bench.run();
    assert.deepEqual(bench.asked, all);
    assert.deepEqual(bench.listener.names, ['begin', ...all]);
    assert.deepEqual(bench.store.records, bench.listener.told.slice(1));
    assert.ok(bench.store.records.every(({ isCorrect }) => isCorrect));
  });

  it('gives an item the same seed in all arms, and each item its own', async () => {
    const bench = new Setting();
    await bench.run();
    const seeds = bench.solvers[0]?.requests.map(({ settings }) => settings.seed) ?? [];
    assert.deepEqual(seeds.slice(0, 3), seeds.slice(3));
    assert.equal(new Set(seeds).size, 3);
  });

  it('tells what is over already before it begins, and does not do it again', async () => {
    const bench = new Setting();
    await bench.store.addRun(runRecord({ item: 'q2' }));
    await bench.store.addRun(runRecord({ item: 'q0' }));
    await bench.run();
    assert.deepEqual(bench.listener.names.slice(0, 3), ['generator/q0/1', 'generator/q2/1', 'begin']);
    assert.deepEqual(bench.asked, ['generator/q1/1', ...all.slice(3)]);
  });

  it('makes runs that have failed again, and keeps both', async () => {
    const bench = new Setting();
    await bench.store.addRun(runRecord({ item: 'q1', stop: 'failed', failure: 'The context is full.' }));
    await bench.run({ jobs: benchJobs([GENERATOR], numberItems(2), [1]) });
    assert.deepEqual(bench.listener.names, ['begin', 'generator/q0/1', 'generator/q1/1']);
    assert.deepEqual(
      bench.store.records.map(({ item, stop }) => [item, stop]),
      [
        ['q1', 'failed'],
        ['q0', 'end'],
        ['q1', 'end'],
      ],
    );
  });

  it('does not mind records of other plans', async () => {
    const bench = new Setting();
    await bench.store.addRun(runRecord({ arm: 'another' }));
    await bench.store.addRun(runRecord({ seed: 4 }));
    await bench.run();
    assert.deepEqual(bench.listener.names, ['begin', ...all]);
  });

  it('spreads its runs over all workers', async () => {
    const bench = new Setting(RIGHT, { workers: 3 });
    await bench.run();
    assert.deepEqual(bench.asked.toSorted(), all.toSorted());
    assert.ok(bench.solvers.every(({ requests, mostBusy }) => requests.length > 0 && mostBusy === 1));
    assert.equal(bench.store.records.length, all.length);
  });

  it('begins nothing once it is cancelled', async () => {
    const bench = new Setting();
    bench.abort.abort();
    await bench.run();
    assert.deepEqual([bench.asked, bench.store.records], [[], []]);
  });

  it('leaves out what is under way when it is cancelled, and goes on with it the next time', async () => {
    const listener = new KeptBench(() => {
      if (listener.told.length === 4) bench.abort.abort();
    });
    const bench = new Setting(RIGHT, { workers: 2, listener });
    await bench.run();
    const done = bench.store.records.length;
    assert.ok(done >= 3 && done < all.length, String(done));
    const again = new Setting();
    for (const record of bench.store.records) await again.store.addRun(record);
    await again.run();
    assert.equal(again.asked.length, all.length - done);
    assert.deepEqual(again.listener.names.filter((name) => name !== 'begin').toSorted(), all.toSorted());
  });

  it('stops its other workers at the first error, which comes out', async () => {
    let count = 0;
    const error = new MentorCollabError('engine-crashed', 'The engine has died.');
    const bench = new Setting(
      (request) => {
        if (++count === 3) throw error;
        return RIGHT(request);
      },
      { workers: 2 },
    );
    await assert.rejects(bench.run(), error);
    assert.ok(bench.asked.length < all.length);
    assert.ok(bench.solvers.every(({ busy }) => busy === 0));
    assert.equal(bench.abort.signal.aborted, false);
  });

  it('no longer listens to its signal when it is over', async () => {
    const bench = new Setting();
    const signal = new CountingSignal();
    await bench.run({ signal });
    assert.deepEqual([signal.added, signal.removed], [1, 1]);
  });

  describe('and its models', () => {
    it('keeps each in its role, the mentor alone as the mentor', async () => {
      const bench = new Setting();
      await bench.run({ jobs: benchJobs([MENTOR], numberItems(1), [1]) });
      assert.deepEqual(
        [bench.store.models.generator, bench.store.models.mentor?.sha256],
        [null, 'content of /large.gguf'],
      );
      await bench.run({ jobs: benchJobs([GENERATOR], numberItems(1), [1]) });
      assert.equal(bench.store.models.generator?.sha256, 'content of /small.gguf');
      assert.equal(bench.store.models.mentor?.sha256, 'content of /large.gguf');
    });

    it('refuses one whose file has changed since the bench was begun', async () => {
      const bench = new Setting();
      await bench.run({ jobs: benchJobs([GENERATOR], numberItems(1), [1]) });
      const swapped = new ScriptedSolver((request) => ({
        ...wordsOf(RIGHT(request)),
        sha256: { '/small.gguf': 'other' },
      }));
      await assert.rejects(bench.run({ workers: [swapped.solve] }), {
        code: 'bad-input',
        message: /^The generator is not the one that this bench was begun with: \/small\.gguf has another content/,
      });
      assert.equal(bench.store.records.length, 1);
    });

    it('refuses a mentor that is another one with the generator than alone', async () => {
      const bench = new Setting((request) => ({
        ...wordsOf('x'),
        sha256: { '/large.gguf': request.mentor === null ? 'one' : 'another' },
      }));
      await assert.rejects(bench.run({ jobs: benchJobs([MENTOR, CHANCE], numberItems(1), [1]) }), /The mentor is not/);
    });
  });
});

/** A signal that never comes, and counts who listens. */
class CountingSignal {
  readonly aborted = false;
  added = 0;
  removed = 0;

  addEventListener(): void {
    this.added++;
  }

  removeEventListener(): void {
    this.removed++;
  }
}

function questionOf({ prompt }: SolveRequest): string {
  return prompt.form === 'chat' ? prompt.question : prompt.text;
}
