import assert from 'node:assert/strict';
import type { Arm } from '../../src/bench/arm.ts';
import { armSettings, itemSeed, parseArms } from '../../src/bench/arm.ts';
import type { BenchResult } from '../../src/bench/benchReport.ts';
import { benchReport } from '../../src/bench/benchReport.ts';
import type { BenchItem } from '../../src/bench/data/benchItem.ts';
import type { BenchRun } from '../../src/bench/runBench.ts';
import { runBench } from '../../src/bench/runBench.ts';
import { MentorCollabError } from '../../src/core/errors.ts';
import { NO_USAGE } from '../../src/core/languageModel.ts';
import { resolveRunSettings } from '../../src/core/resolveRunSettings.ts';
import type { RunEnded } from '../../src/core/runEvent.ts';

const ITEMS: readonly BenchItem[] = [0, 1, 2, 3].map((index) => ({
  index,
  id: String(index),
  domain: index < 2 ? 'math' : 'facts',
  cluster: String(index),
  question: `q${index}`,
  choices: null,
  answer: String(index),
  task: 'number',
  layout: 'general',
}));
const settings = resolveRunSettings({ seed: 5 }, String);
const ended = (answer: string | null, fields: Partial<RunEnded> = {}): RunEnded => ({
  type: 'run-ended',
  stop: 'end',
  failure: null,
  answer,
  steps: 4,
  tokens: {
    generator: { accepted: 6, decoded: 9, prefilled: 20 },
    mentor: { accepted: 2, decoded: 5, prefilled: 30 },
  },
  mentorShare: 0.25,
  mentorStepShare: 0.25,
  usage: { generator: NO_USAGE, mentor: NO_USAGE },
  timeMs: 10,
  ...fields,
});

async function collect(
  solve: (run: BenchRun) => RunEnded,
  signal = { aborted: false },
  arms: readonly Arm[] = ['generator', 'paper-free'],
): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  const plan = { arms, items: ITEMS, signal, settingsOf: () => settings };
  const bench = runBench({ ...plan, solve: (run) => Promise.resolve(solve(run)) });
  for await (const result of bench) results.push(result);
  return results;
}

describe('runBench', () => {
  it('runs every item in every arm, with the same seed for an item in all arms', async () => {
    const runs: BenchRun[] = [];
    await collect((run) => {
      runs.push(run);
      return ended('1');
    });
    assert.deepEqual(
      runs.map(({ arm, item }) => `${arm} ${item.index}`),
      ['generator', 'paper-free'].flatMap((arm) => [0, 1, 2, 3].map((index) => `${arm} ${index}`)),
    );
    const seeds = runs.map((run) => run.settings.seed);
    assert.deepEqual(seeds.slice(0, 4), seeds.slice(4));
    assert.equal(new Set(seeds).size, 4);
  });

  it('never probes with one model alone', () => {
    assert.deepEqual(armSettings('generator', settings, 0).decision, { policy: 'never' });
    assert.deepEqual(armSettings('mentor', settings, 0).decision, { policy: 'never' });
    assert.deepEqual(armSettings('paper-free', settings, 0).decision, settings.decision);
  });

  it('stops after a cancelled item and leaves it out', async () => {
    const signal = { aborted: false };
    const results = await collect(({ item }) => ended('1', { stop: item.index === 2 ? 'cancelled' : 'end' }), signal);
    assert.equal(results.length, 2);
  });

  it('begins nothing once it is cancelled', async () => {
    assert.deepEqual(await collect(() => assert.fail('no run was to begin'), { aborted: true }), []);
  });
});

describe('itemSeed', () => {
  it('is a safe integer that depends on seed and place', () => {
    const seeds = [1, 2, -3, Number.MAX_SAFE_INTEGER].flatMap((seed) =>
      [0, 1, 999].map((index) => itemSeed(seed, index)),
    );
    assert.ok(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0));
    assert.equal(new Set(seeds).size, seeds.length);
  });
});

describe('parseArms', () => {
  it('takes names in the order given, each once', () => {
    assert.deepEqual(parseArms('paper-free, generator,paper-free'), ['paper-free', 'generator']);
  });

  it('refuses an unknown name with those there are', () => {
    assert.throws(
      () => parseArms('generator,papper'),
      (error) =>
        error instanceof MentorCollabError && /no arm "papper".*generator, mentor, paper-free/.test(error.message),
    );
  });
});

describe('benchReport', () => {
  it('counts each arm over all and by domain, and compares arms item by item', async () => {
    // The generator knows items 0 and 3, the pair 0, 1 and 2.
    const known: Readonly<Record<string, readonly number[]>> = { generator: [0, 3], 'paper-free': [0, 1, 2] };
    const results = await collect(({ arm, item }) =>
      ended(
        known[arm]?.includes(item.index) === true ? item.answer : 'wrong',
        arm === 'generator' ? {} : { steps: 12 },
      ),
    );
    const { arms, pairs } = benchReport(['generator', 'paper-free'], results);
    const [alone, pair] = arms;
    assert.ok(alone && pair);
    assert.deepEqual([alone.n, alone.correct, alone.accuracy], [4, 2, 0.5]);
    assert.deepEqual([pair.correct, pair.mentorShare, pair.mentorStepShare], [3, 0.25, 0.25]);
    assert.deepEqual(pair.tokens.mentor, { accepted: 8, decoded: 20, prefilled: 120 });
    assert.equal(pair.timeMs, 40);
    assert.ok(pair.low < 0.75 && 0.75 < pair.high);
    assert.deepEqual(
      pair.domains.map(({ domain, n, correct }) => [domain, n, correct]),
      [
        ['math', 2, 2],
        ['facts', 2, 1],
      ],
    );
    assert.deepEqual(pairs, [{ a: 'generator', b: 'paper-free', onlyA: 1, onlyB: 2, p: 1, pHolm: 1 }]);
  });

  it('pools shares over tokens and steps, not over runs', async () => {
    const tokens = (generator: number, mentor: number): RunEnded['tokens'] => ({
      generator: { accepted: generator, decoded: 0, prefilled: 0 },
      mentor: { accepted: mentor, decoded: 0, prefilled: 0 },
    });
    const results = await collect(({ item }) =>
      item.index === 0
        ? ended('x', { tokens: tokens(10, 90), steps: 10, mentorStepShare: 0.9 })
        : ended('x', { tokens: tokens(100, 0), steps: 30, mentorStepShare: 0 }),
    );
    const [arm] = benchReport(['generator'], results).arms;
    assert.deepEqual([arm?.mentorShare, arm?.mentorStepShare], [90 / 400, 9 / 100]);
  });

  it('counts failed runs as wrong, and tells their number', async () => {
    const results = await collect(({ item }) => ended(item.answer, item.index === 1 ? { stop: 'failed' } : {}));
    const [arm] = benchReport(['generator'], results).arms;
    assert.deepEqual([arm?.n, arm?.correct, arm?.failed], [4, 3, 1]);
  });

  it('compares only items that both arms have answered', async () => {
    const results = (await collect(({ item }) => ended(item.answer))).slice(0, 6);
    const [pair] = benchReport(['generator', 'paper-free'], results).pairs;
    assert.deepEqual([pair?.onlyA, pair?.onlyB], [0, 0]);
  });

  it('has rows for arms without results', () => {
    const [arm] = benchReport(['mentor'], []).arms;
    assert.deepEqual([arm?.n, arm?.accuracy, arm?.mentorShare, arm?.domains], [0, 0, 0, []]);
  });
});
