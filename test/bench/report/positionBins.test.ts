import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countDecisions, positionBins } from '../../../src/bench/report/positionBins.ts';
import type { RunRecord } from '../../../src/bench/run/runRecord.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import { eventsOf } from '../../../src/protocol/eventsOf.ts';
import { generatedRun, traceOf } from '../../support/generatedRun.ts';

type Positions = Pick<RunRecord, 'steps' | 'decisions'>;

describe('decisions by position', () => {
  it('are counted where they were made, beside the steps of all runs that lie there', () => {
    const bins = positionBins([
      {
        steps: 3,
        decisions: [
          [0, 'agreed', null],
          [2, 'tookMentor', 1],
        ],
      },
      { steps: 1, decisions: [[0, 'keptGenerator', -1]] },
    ]);
    assert.deepEqual(bins, [
      { from: 0, to: 1, steps: 2, probes: 2, agreed: 1, keptGenerator: 1, tookMentor: 0 },
      { from: 1, to: 2, steps: 1, probes: 0, agreed: 0, keptGenerator: 0, tookMentor: 0 },
      { from: 2, to: 3, steps: 1, probes: 1, agreed: 0, keptGenerator: 0, tookMentor: 1 },
    ]);
  });

  it('stand in at most twelve bins that begin at round steps', () => {
    const widthOf = (steps: number): number | undefined => positionBins([{ steps, decisions: [] }])[0]?.to;
    assert.deepEqual(
      [1, 12, 13, 24, 25, 60, 61, 120, 121, 512, 6001].map(widthOf),
      [1, 1, 2, 2, 5, 5, 10, 10, 20, 50, 1000],
    );
  });

  it('are none without runs, or without steps', () => {
    assert.deepEqual(positionBins([]), []);
    assert.deepEqual(positionBins([{ steps: 0, decisions: [] }]), []);
  });

  it('bear more runs than a function takes arguments', () => {
    const many = Array.from({ length: 200_000 }, (): Positions => ({ steps: 1, decisions: [] }));
    assert.equal(positionBins(many)[0]?.steps, 200_000);
  });

  it('add up to all steps and all probes', () => {
    const outcome = fc.constantFrom('agreed' as const, 'keptGenerator' as const, 'tookMentor' as const);
    const run = fc.integer({ min: 1, max: 700 }).chain((steps) =>
      fc.record({
        steps: fc.constant(steps),
        decisions: fc.array(fc.tuple(fc.nat(steps - 1), outcome, fc.constant(null)), { maxLength: 30 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), (runs) => {
        addsUp(runs);
      }),
      { seed: 20260207 },
    );
  });

  it('add up for every run that the loop makes', async () => {
    await fc.assert(
      fc.asyncProperty(generatedRun, async (run) => {
        const { decisions, ended, steps } = viewRun(eventsOf(await traceOf(run)));
        assert.equal(ended?.steps, steps.length);
        addsUp([{ steps: ended.steps, decisions: decisions.map(({ step, outcome }) => [step, outcome, null]) }]);
      }),
      { seed: 20260207 },
    );
  });
});

function addsUp(runs: readonly Positions[]): void {
  const bins = positionBins(runs);
  const sum = (name: 'steps' | 'probes' | 'agreed' | 'keptGenerator' | 'tookMentor'): number =>
    bins.reduce((total, bin) => total + bin[name], 0);
  assert.ok(bins.length <= 12);
  assert.deepEqual(
    bins.map(({ from }) => from),
    [0, ...bins.map(({ to }) => to)].slice(0, bins.length),
  );
  assert.equal(
    sum('steps'),
    runs.reduce((total, { steps }) => total + steps, 0),
  );
  const { probes, agreed, keptGenerator, tookMentor } = countDecisions(runs.flatMap(({ decisions }) => decisions));
  assert.deepEqual(
    [sum('probes'), sum('agreed'), sum('keptGenerator'), sum('tookMentor')],
    [probes, agreed, keptGenerator, tookMentor],
  );
  assert.equal(probes, agreed + keptGenerator + tookMentor);
}
