import assert from 'node:assert/strict';
import type { Arm } from '../../../src/bench/arms/arm.ts';
import { armReport } from '../../../src/bench/report/armReport.ts';
import type { JudgedRun } from '../../../src/bench/report/judgedRun.ts';
import type { ArmReport } from '../../../src/bench/report/reportDocument.ts';
import type { RunRecord } from '../../../src/bench/run/runRecord.ts';
import { clusteredBootstrap } from '../../../src/bench/statistics/clusteredBootstrap.ts';
import { wilsonInterval } from '../../../src/bench/statistics/wilsonInterval.ts';
import type { BenchItem } from '../../../src/bench/data/benchItem.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { CHANCE, GENERATOR, sweptArm } from '../../support/bench/testArms.ts';
import { numberItem } from '../../support/bench/testItems.ts';
import { runRecord } from '../../support/bench/testRecords.ts';

describe('the numbers of an arm', () => {
  const report = (runs: readonly JudgedRun[], arm: Arm = GENERATOR): ArmReport => armReport(arm, runs, seededRandom(1));
  const run = (index: number, record: Partial<RunRecord> = {}, item: Partial<BenchItem> = {}): JudgedRun => ({
    item: numberItem(index, item),
    record: runRecord({ item: `q${index}`, ...record }),
  });
  const wrong = { isCorrect: false, answer: '77' };

  it('count runs, right ones, those without an answer and those that failed', () => {
    const { n, correct, accuracy, unparsed, failed, stops } = report([
      run(0),
      run(1, { ...wrong, stop: 'maxTokens' }),
      run(2, { isCorrect: false, answer: null, stop: 'repeat' }),
      run(3, { isCorrect: false, answer: null, stop: 'failed', failure: 'Too long.' }),
      run(4, { ...wrong, stop: 'failed', failure: 'Too long.' }),
    ]);
    assert.deepEqual([n, correct, accuracy, unparsed, failed], [5, 1, 0.2, 1, 2]);
    assert.deepEqual(stops, { end: 1, failed: 2, maxTokens: 1, repeat: 1 });
  });

  it('pool shares over tokens and steps, not over runs', () => {
    const tokens = (generator: number, mentor: number): RunRecord['tokens'] => ({
      generator: { accepted: generator, decoded: 2, prefilled: 3 },
      mentor: { accepted: mentor, decoded: 4, prefilled: 5 },
    });
    const {
      mentorShare,
      mentorStepShare,
      tokens: all,
      timeMs,
    } = report([
      run(0, { tokens: tokens(10, 90), steps: 10, mentorSteps: 9, timeMs: 5 }),
      run(1, { tokens: tokens(100, 0), steps: 30, mentorSteps: 0, timeMs: 7 }),
    ]);
    assert.deepEqual([mentorShare, mentorStepShare, timeMs], [90 / 200, 9 / 40, 12]);
    assert.deepEqual(all, {
      generator: { accepted: 110, decoded: 4, prefilled: 6 },
      mentor: { accepted: 90, decoded: 8, prefilled: 10 },
    });
  });

  it('have the tokens of a verifier where any run had one', () => {
    const { tokens } = runRecord();
    const verifier = { accepted: 0, decoded: 3, prefilled: 40 };
    assert.deepEqual(report([run(0), run(1, { tokens: { ...tokens, verifier } })]).tokens.verifier, verifier);
    assert.equal('verifier' in report([run(0)]).tokens, false);
  });

  it('have the interval of Wilson where every item was run once', () => {
    const one = report([run(0), run(1, wrong), run(2)]);
    assert.equal(one.interval, 'wilson');
    assert.deepEqual({ low: one.low, high: one.high }, wilsonInterval(2, 3));
  });

  const clustered = {
    'items were run with several seeds': [run(0), run(0, { seed: 2, ...wrong }), run(1), run(1, { seed: 2 })],
    'items hang together': [run(0, {}, { cluster: 'text' }), run(1, wrong, { cluster: 'text' }), run(2)],
  };
  for (const [what, runs] of Object.entries(clustered)) {
    it(`have the interval of a bootstrap over clusters where ${what}`, () => {
      const one = report(runs);
      const outcomes = runs.map(({ item, record }) => ({ cluster: item.cluster, value: record.isCorrect ? 1 : 0 }));
      const { low, high } = clusteredBootstrap(outcomes, { random: seededRandom(1) });
      assert.deepEqual([one.interval, one.low, one.high], ['bootstrap', low, high]);
    });
  }

  it('stand for each domain too, in the order of the data', () => {
    const { domains } = report([
      run(0, {}, { domain: 'math' }),
      run(1, wrong, { domain: 'facts' }),
      run(2, wrong, { domain: 'math' }),
    ]);
    assert.deepEqual(
      domains.map(({ domain, n, correct, low, high }) => [domain, n, correct, { low, high }]),
      [
        ['math', 2, 1, wilsonInterval(1, 2)],
        ['facts', 1, 0, wilsonInterval(0, 1)],
      ],
    );
  });

  it('count what became of probes, and where', () => {
    const decisions: RunRecord['decisions'] = [
      [0, 'agreed', null],
      [1, 'tookMentor', 2],
      [3, 'keptGenerator', -1],
    ];
    const pair = report([run(0, { decisions }), run(1, { decisions: decisions.slice(0, 2) })], CHANCE);
    assert.deepEqual(pair.decisions, { probes: 5, agreed: 2, keptGenerator: 1, tookMentor: 2 });
    assert.deepEqual(
      pair.positions.map(({ steps, probes }) => [steps, probes]),
      [
        [2, 2],
        [2, 2],
        [2, 0],
        [2, 1],
      ],
    );
    assert.equal(pair.hasMentor, true);
    assert.deepEqual([report([run(0)]).positions, report([run(0)]).hasMentor], [[], false]);
  });

  it('hold what the verifier gave to the patch it kept against whether the run was right', () => {
    const right: RunRecord['decisions'] = [
      [0, 'agreed', null],
      [1, 'tookMentor', Math.log(3)],
      [2, 'keptGenerator', -Math.log(9)],
    ];
    // Kept though the verifier's certainty spoke for the mentor, as the letter alone decides.
    const against: RunRecord['decisions'] = [
      [0, 'keptGenerator', Math.log(4)],
      [1, 'tookMentor', null],
    ];
    const { calibration } = report([run(0, { decisions: right }), run(1, { ...wrong, decisions: against })], CHANCE);
    assert.ok(calibration);
    assert.deepEqual(
      calibration.bins.filter(({ count }) => count > 0).map(({ low, count, shareRight }) => [low, count, shareRight]),
      [
        [0.1, 1, 0],
        [0.7, 1, 1],
        [0.9, 1, 1],
      ].map(([low, ...rest]) => [low === 0.1 ? calibration.bins[Math.floor(10 * (1 - 0.8))]?.low : low, ...rest]),
    );
    assert.ok(Math.abs((calibration.brier ?? 1) - (0.25 ** 2 + 0.1 ** 2 + 0.2 ** 2) / 3) < 1e-12);
    assert.equal(calibration.auc, 1);
  });

  it('hold no certainty where no verifier was asked', () => {
    assert.equal(report([run(0, { decisions: [[0, 'tookMentor', null]] })], CHANCE).calibration, null);
    assert.equal(report([run(0, { decisions: [[0, 'agreed', null]] })], CHANCE).calibration, null);
  });

  it('name the arm, what it does, and its place in a sweep', () => {
    const { arm, description, sweptProbability } = report([], sweptArm(0.5));
    assert.deepEqual([arm, description, sweptProbability], ['paper-free p=0.5', 'what paper-free p=0.5 does', 0.5]);
  });

  it('are nothing for an arm without runs', () => {
    const none = report([], CHANCE);
    assert.deepEqual([none.n, none.accuracy, none.mentorShare, none.mentorStepShare], [0, 0, 0, 0]);
    assert.deepEqual([none.domains, none.positions, none.stops, none.calibration], [[], [], {}, null]);
    assert.deepEqual([none.interval, none.low, none.high], ['wilson', 0, 1]);
  });
});
