import assert from 'node:assert/strict';
import { viewRun } from '../../src/core/view/runView.ts';
import { traceLineSchema } from '../../src/protocol/trace.ts';
import { longRun, sampleRun } from '../support/panelPage/sampleRun.ts';

describe('the sample run of the panel tests', () => {
  it('is a valid trace, to the last field', () => {
    for (const line of [...sampleRun().script.lines, ...longRun(50).lines]) {
      assert.deepEqual(traceLineSchema.parse(line), line);
    }
  });

  it('has decisions of every outcome, one of them without text', () => {
    const { script, steps } = sampleRun();
    const view = viewRun(script.lines.filter((line) => line.type !== 'run-started'));
    const outcomes = new Map(view.decisions.map(({ step, outcome }) => [step, outcome]));
    assert.deepEqual(
      [steps.taken, steps.kept, steps.agreed, steps.end].map((step) => outcomes.get(step)),
      ['tookMentor', 'keptGenerator', 'agreed', 'agreed'],
    );
    assert.ok(!view.segments.some((segment) => segment.step === steps.end));
  });
});
