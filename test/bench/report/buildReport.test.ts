import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReportSources } from '../../../src/bench/report/buildReport.ts';
import { buildReport } from '../../../src/bench/report/buildReport.ts';
import type { BenchReport } from '../../../src/bench/report/reportDocument.ts';
import { benchJobs } from '../../../src/bench/run/benchJob.ts';
import type { RunRecord } from '../../../src/bench/run/runRecord.ts';
import { CHANCE, EVERY_WORD, GENERATOR, MENTOR } from '../../support/bench/testArms.ts';
import { numberItem } from '../../support/bench/testItems.ts';
import { runRecord } from '../../support/bench/testRecords.ts';

const FACTS = {
  data: 'data.jsonl',
  generator: { name: 'small', sha256: 'a', quantization: null, server: null },
  mentor: null,
  verifier: null,
  version: '0.0.0',
};
const ITEMS = [0, 1, 2, 3].map((index) => numberItem(index, { domain: index < 2 ? 'math' : 'facts' }));

describe('the report of a bench', () => {
  const build = (sources: Partial<ReportSources> = {}): BenchReport =>
    buildReport({
      facts: FACTS,
      arms: [GENERATOR, EVERY_WORD],
      items: ITEMS,
      seeds: [1],
      records: [],
      recallDomains: [],
      ...sources,
    });
  /** Runs of an arm, an item each. */
  const records = (arm: string, right: readonly boolean[]): readonly RunRecord[] =>
    right.map((isCorrect, index) =>
      runRecord({ arm, item: `q${index}`, isCorrect, answer: isCorrect ? String(index) : '77' }),
    );

  it('counts arms over all and by domain, and compares them item by item', () => {
    const { arms, pairs, missing, format, version } = build({
      records: [
        ...records('generator', [true, false, false, true]),
        ...records('every word', [true, true, true, false]),
      ],
    });
    assert.deepEqual([format, version, missing], ['mentorcollab-bench', '1.0', 0]);
    assert.deepEqual(
      arms.map(({ arm, n, correct, accuracy }) => [arm, n, correct, accuracy]),
      [
        ['generator', 4, 2, 0.5],
        ['every word', 4, 3, 0.75],
      ],
    );
    assert.deepEqual(
      arms[1]?.domains.map(({ domain, n, correct }) => [domain, n, correct]),
      [
        ['math', 2, 2],
        ['facts', 2, 1],
      ],
    );
    const [{ a, b, n, both, onlyA, onlyB, p, pHolm } = assert.fail()] = pairs;
    assert.deepEqual([a, b, n, both, onlyA, onlyB, p, pHolm], ['generator', 'every word', 4, 1, 1, 2, 1, 1]);
  });

  it('has every item with its runs, in the order of the data and of the arms', () => {
    const trace = 'runs/x.mctrace.jsonl';
    const { items } = build({
      records: [
        ...records('every word', [true, true, true]),
        ...records('generator', [true, false]).map((record) => ({ ...record, trace, page: 'runs/x.html' })),
      ],
    });
    assert.deepEqual(
      items.map(({ id, domain, expected, runs }) => [id, domain, expected, runs.map(({ arm }) => arm)]),
      [
        ['q0', 'math', '0', ['generator', 'every word']],
        ['q1', 'math', '1', ['generator', 'every word']],
        ['q2', 'facts', '2', ['every word']],
        ['q3', 'facts', '3', []],
      ],
    );
    assert.equal(items[1]?.question, 'What is 1?');
    assert.deepEqual(items[1].runs[0], {
      arm: 'generator',
      seed: 1,
      answer: '77',
      isCorrect: false,
      stop: 'end',
      failure: null,
      mentorShare: 0,
      tokens: runRecord().tokens,
      timeMs: 10,
      trace,
      page: 'runs/x.html',
    });
  });

  it("tells an item's run of its own share of the mentor", () => {
    const none = { accepted: 0, decoded: 0, prefilled: 0 };
    const tokens = { generator: { ...none, accepted: 30 }, mentor: { ...none, accepted: 10 } };
    const { items } = build({
      records: [runRecord({ tokens }), runRecord({ item: 'q1', tokens: { generator: none, mentor: none } })],
    });
    assert.deepEqual(
      items.slice(0, 2).map(({ runs }) => runs[0]?.mentorShare),
      [0.25, 0],
    );
  });

  it('counts the last record of a run that was made twice', () => {
    const { arms, items } = build({
      records: [
        runRecord({ stop: 'failed', isCorrect: false, answer: null, failure: 'Too long.' }),
        runRecord({ item: 'q1', isCorrect: true }),
        runRecord({ isCorrect: true, answer: '0' }),
        runRecord({ item: 'q1', isCorrect: false }),
      ],
    });
    assert.deepEqual([arms[0]?.n, arms[0]?.correct, arms[0]?.failed], [2, 1, 0]);
    assert.deepEqual(
      items.slice(0, 2).map(({ runs }) => runs.map(({ isCorrect }) => isCorrect)),
      [[true], [false]],
    );
  });

  it('leaves out records of another plan', () => {
    const { arms, items, missing } = build({
      records: [runRecord({ arm: 'another' }), runRecord({ item: 'other' }), runRecord({ seed: 5 })],
    });
    assert.deepEqual([arms.map(({ n }) => n), items.flatMap(({ runs }) => runs), missing], [[0, 0], [], 8]);
  });

  it('tells how many runs are missing, of an arm without chance one an item', () => {
    const sources = { arms: [GENERATOR, CHANCE], seeds: [1, 2, 3] };
    assert.equal(build(sources).missing, 4 + 12);
    assert.equal(build({ ...sources, records: records('generator', [true, false, true]) }).missing, 1 + 12);
  });

  it('tells of each domain how many items it has, and where what is measured is recall', () => {
    const { plan } = build({ recallDomains: ['facts', 'nowhere'], seeds: [4, 5] });
    assert.deepEqual(plan.domains, [
      { domain: 'math', items: 2, isRecall: false },
      { domain: 'facts', items: 2, isRecall: true },
    ]);
    assert.deepEqual([plan.seeds, plan.data, plan.generator], [[4, 5], 'data.jsonl', FACTS.generator]);
  });

  it('counts runs of several seeds, and knows that they are of the same questions', () => {
    const seeds = [1, 2];
    const { arms, pairs } = build({
      arms: [GENERATOR, CHANCE],
      seeds,
      records: [
        ...records('generator', [false, false, true, true]),
        ...seeds.flatMap((seed) =>
          records('paper-free', [true, seed === 1, true, true]).map((one) => ({ ...one, seed })),
        ),
      ],
    });
    assert.deepEqual(
      arms.map(({ n, correct, interval }) => [n, correct, interval]),
      [
        [4, 2, 'wilson'],
        [8, 7, 'bootstrap'],
      ],
    );
    const [{ n, both, onlyB, test } = assert.fail()] = pairs;
    assert.deepEqual([n, both, onlyB, test], [4, 4, 3, 'sign-flip']);
  });

  it('has rows for arms that have not begun', () => {
    const { arms, pairs } = build({ arms: [MENTOR, GENERATOR] });
    assert.deepEqual(
      arms.map(({ arm, n, domains }) => [arm, n, domains]),
      [
        ['mentor', 0, []],
        ['generator', 0, []],
      ],
    );
    assert.equal(pairs[0]?.n, 0);
  });

  it('is the same each time, and whatever the order in which runs ended', () => {
    const arms = [GENERATOR, CHANCE, EVERY_WORD];
    const seeds = [1, 2];
    const outcome = fc.constantFrom('agreed' as const, 'keptGenerator' as const, 'tookMentor' as const);
    const result = fc.record({
      isCorrect: fc.boolean(),
      stop: fc.constantFrom('end' as const, 'maxTokens' as const, 'failed' as const),
      decisions: fc.array(fc.tuple(fc.nat(3), outcome, fc.option(fc.double({ min: -9, max: 9, noNaN: true })))),
      timeMs: fc.nat(1000),
    });
    const jobs = benchJobs(arms, ITEMS, seeds);
    const all = fc
      .tuple(...jobs.map(() => fc.option(result)))
      .map((results) =>
        jobs.flatMap(({ arm, item, seed }, index) => {
          const one = results[index];
          return one ? [runRecord({ arm: arm.name, item: item.id, seed, ...one })] : [];
        }),
      )
      .chain((made) =>
        fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length, maxLength: made.length })),
      );
    fc.assert(
      fc.property(all, ([made, shuffled]) => {
        const report = build({ arms, seeds, records: made });
        assert.deepEqual(build({ arms, seeds, records: shuffled }), report);
        assert.equal(report.missing, jobs.length - made.length);
        assert.equal(
          report.arms.reduce((sum, { n }) => sum + n, 0),
          made.length,
        );
      }),
      { numRuns: 30, seed: 20260207 },
    );
  });
});
