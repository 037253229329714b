import assert from 'node:assert/strict';
import { matrixReport } from '../../../src/bench/report/matrixReport.ts';
import type { ArmReport, BenchReport } from '../../../src/bench/report/reportDocument.ts';
import { sampleReport } from '../../support/benchReport/sampleReport.ts';

describe('a matrix of pairs', () => {
  const sample = sampleReport({ itemsPerDomain: 2 });
  /** The arms of a report with these accuracies and shares; an arm left out has not run. */
  const reportOf = (arms: Readonly<Record<string, readonly [accuracy: number, mentorShare: number]>>): BenchReport => ({
    ...sample,
    arms: sample.arms.map((arm): ArmReport => {
      const [accuracy, mentorShare] = arms[arm.arm] ?? [0, 0];
      return { ...arm, accuracy, mentorShare, n: arm.arm in arms ? 6 : 0 };
    }),
  });
  const [first = '', second = ''] = sample.arms.filter(({ hasMentor }) => hasMentor).map(({ arm }) => arm);

  it("has the paper's figures for each arm of both models", () => {
    const { summary, format, version } = matrixReport([
      {
        name: 'a',
        folder: 'a',
        report: reportOf({ generator: [0.5, 0], [first]: [0.625, 0.1], [second]: [0.5, 0.2] }),
      },
      {
        name: 'b',
        folder: 'b',
        report: reportOf({ generator: [0.25, 0], [first]: [0.125, 0.3], [second]: [0.25, 0.4] }),
      },
      { name: 'c', folder: 'c', report: reportOf({ generator: [0, 0], [first]: [0.75, 0.2], [second]: [0.25, 0.6] }) },
    ]);
    assert.deepEqual([format, version], ['mentorcollab-bench-matrix', '1.0']);
    assert.equal(summary.length, sample.arms.filter(({ hasMentor }) => hasMentor).length);
    const [{ mentorShare, ...figures } = assert.fail()] = summary;
    assert.deepEqual(figures, { arm: first, pairs: 3, averageGain: 25, bestGain: 75, improved: 2 });
    assert.ok(Math.abs(mentorShare - 0.2) < 1e-12);
    const { arm, pairs, averageGain, bestGain, improved } = summary[1] ?? assert.fail();
    assert.deepEqual([arm, pairs, bestGain, improved], [second, 3, 25, 1]);
    assert.ok(Math.abs(averageGain - 25 / 3) < 1e-12);
  });

  it('counts only pairs in which the arm and the generator alone have run', () => {
    const [{ pairs, averageGain, bestGain } = assert.fail(), none = assert.fail()] = matrixReport([
      { name: 'a', folder: 'a', report: reportOf({ generator: [0.5, 0], [first]: [0.25, 0.1] }) },
      { name: 'b', folder: 'b', report: reportOf({ [first]: [0.9, 0.1] }) },
      { name: 'c', folder: 'c', report: reportOf({ generator: [0.5, 0] }) },
    ]).summary;
    assert.deepEqual([pairs, averageGain, bestGain], [1, -25, -25]);
    assert.deepEqual(none, { arm: second, pairs: 0, averageGain: 0, bestGain: 0, improved: 0, mentorShare: 0 });
  });

  it('names the places of runs as they are from the folder above', () => {
    const { matrix } = matrixReport([{ name: 'small+large', folder: 'small+large', report: sample }]);
    for (const [index, { runs }] of (matrix[0]?.items ?? []).entries()) {
      const before = sample.items[index]?.runs ?? [];
      assert.deepEqual(
        runs.map(({ trace, page }) => [trace, page]),
        before.map(({ trace, page }) => [`small+large/${trace ?? ''}`, `small+large/${page ?? ''}`]),
      );
    }
  });

  it('leaves runs without a place without one', () => {
    const items = sample.items.map((item) => ({
      ...item,
      runs: item.runs.map((run) => ({ ...run, trace: null, page: null })),
    }));
    const { matrix } = matrixReport([{ name: 'x', folder: 'x', report: { ...sample, items } }]);
    assert.ok(matrix[0]?.items.every(({ runs }) => runs.every(({ trace, page }) => trace === null && page === null)));
  });

  it('may be empty', () => {
    const { matrix, summary } = matrixReport([]);
    assert.deepEqual([matrix, summary], [[], []]);
  });
});
