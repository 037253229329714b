import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spread } from '../../../src/bench/run/spread.ts';

/** Jobs that end when they are told to, in whatever order, well or badly. */
class Workshop {
  readonly begun: number[] = [];
  readonly done: number[] = [];
  isStopped = false;
  stops = 0;
  readonly #open: { readonly job: number; readonly settle: (failure: Error | null) => void }[] = [];
  readonly #busyWorkers = new Set<string>();

  readonly work = (job: number, worker: string): Promise<void> => {
    assert.ok(!this.#busyWorkers.has(worker), `${worker} has two jobs at once`);
    assert.ok(!this.isStopped, `job ${job} was begun after the stop`);
    this.#busyWorkers.add(worker);
    this.begun.push(job);
    return new Promise<void>((resolve, reject) => {
      const settle = (failure: Error | null): void => {
        this.#busyWorkers.delete(worker);
        if (failure) {
          reject(failure);
          return;
        }
        this.done.push(job);
        resolve();
      };
      this.#open.push({ job, settle });
    });
  };

  readonly stop = (): void => {
    this.stops++;
    this.isStopped = true;
  };

  get underWay(): number {
    return this.#open.length;
  }

  /** Ends one of the jobs under way. */
  end(place: number, fails: boolean): Error | null {
    const [ended] = this.#open.splice(place % this.#open.length, 1);
    const failure = fails && ended ? new Error(`job ${ended.job}`) : null;
    ended?.settle(failure);
    return failure;
  }
}

/** Lets everything go on that can. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

describe('spreading jobs over workers', () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `worker ${index}`);
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  const begin = (shop: Workshop, jobs: number, workers: number): Promise<unknown> =>
    spread(numbers(jobs), names(workers), {
      work: shop.work,
      stop: shop.stop,
      hasToStop: () => shop.isStopped,
    }).then(
      () => null,
      (thrown: unknown) => thrown,
    );

  it('begins as many at once as there are workers, in order, and ends when all are done', async () => {
    const shop = new Workshop();
    const outcome = begin(shop, 5, 2);
    assert.deepEqual(shop.begun, [0, 1]);
    shop.end(1, false);
    await settled();
    assert.deepEqual(shop.begun, [0, 1, 2]);
    while (shop.underWay > 0) {
      shop.end(0, false);
      await settled();
    }
    assert.equal(await outcome, null);
    assert.deepEqual(shop.done.toSorted(), numbers(5));
    assert.equal(shop.stops, 0);
  });

  it('has nothing to do without jobs', async () => {
    assert.equal(await begin(new Workshop(), 0, 3), null);
  });

  it('begins nothing where it has to stop from the first', async () => {
    const shop = new Workshop();
    shop.isStopped = true;
    assert.equal(await begin(shop, 3, 2), null);
    assert.deepEqual(shop.begun, []);
  });

  it('waits for what is under way elsewhere before a failure comes out', async () => {
    const shop = new Workshop();
    let isOver = false;
    const outcome = begin(shop, 4, 2).finally(() => (isOver = true));
    const failure = shop.end(0, true);
    await settled();
    assert.deepEqual([shop.stops, isOver], [1, false]);
    shop.end(0, true);
    assert.equal(await outcome, failure);
    assert.deepEqual([shop.begun, shop.stops], [[0, 1], 1]);
  });

  it('takes what a worker throws at once for a failure like any other', async () => {
    const thrown = new Error('at once');
    const work = (): Promise<void> => {
      throw thrown;
    };
    await assert.rejects(spread([1, 2], ['a'], { work, stop: () => undefined, hasToStop: () => false }), thrown);
  });

  const moves = fc.array(
    fc.record({
      place: fc.nat(7),
      type: fc.constantFrom('done', 'done', 'done', 'done', 'fails', 'stop'),
    }),
    { minLength: 1, maxLength: 60 },
  );

  it('does each job once, none after a failure or a stop, and waits for all, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.integer({ min: 1, max: 8 }), moves, async (jobs, workers, plan) => {
        const shop = new Workshop();
        let isOver = false;
        const outcome = begin(shop, jobs, workers).finally(() => (isOver = true));
        let first: Error | null = null;
        for (let move = 0; shop.underWay > 0; move++) {
          assert.ok(!isOver, 'it ended while jobs were under way');
          const { place, type } = plan[move % plan.length] ?? { place: 0, type: 'done' };
          if (type === 'stop') shop.isStopped = true;
          const failure = shop.end(place, type === 'fails');
          first ??= failure;
          await settled();
        }
        assert.equal(await outcome, first);
        assert.deepEqual(shop.begun, numbers(shop.begun.length), 'in order, none twice and none left out');
        if (first === null && !shop.isStopped) assert.deepEqual(shop.done.toSorted(ascending), numbers(jobs));
        assert.equal(shop.stops, first === null ? 0 : 1);
      }),
      { numRuns: 300, seed: 20260207 },
    );
  });
});

function ascending(a: number, b: number): number {
  return a - b;
}
