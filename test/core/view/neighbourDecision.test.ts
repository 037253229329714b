import assert from 'node:assert/strict';
import { neighbourDecision } from '../../../src/core/view/neighbourDecision.ts';
import type { Outcome } from '../../../src/core/view/runView.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import { eventsOf } from '../../../src/protocol/eventsOf.ts';
import { sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();
const { decisions } = viewRun(eventsOf(script.lines));
const ALL = new Set<Outcome>(['agreed', 'keptGenerator', 'tookMentor']);
const TAKEN = new Set<Outcome>(['tookMentor']);

function stepFrom(from: number | null, by: 1 | -1, outcomes: ReadonlySet<Outcome>): number | null {
  return neighbourDecision(decisions, { from, by, outcomes })?.step ?? null;
}

describe('neighbourDecision', () => {
  it('walks the decisions with an outcome to their ends, from a step that need not be one of them', () => {
    assert.equal(stepFrom(steps.taken, 1, TAKEN), steps.takenLast);
    assert.equal(stepFrom(steps.takenLast, 1, TAKEN), null);
    assert.equal(stepFrom(steps.kept, -1, TAKEN), steps.taken);
    assert.equal(stepFrom(steps.taken + 1, -1, ALL), steps.taken);
    assert.equal(stepFrom(steps.taken, -1, ALL), null);
  });

  it('begins at the first or the last where it comes from nowhere', () => {
    assert.deepEqual([stepFrom(null, 1, ALL), stepFrom(null, -1, ALL)], [steps.taken, steps.end]);
    assert.deepEqual([stepFrom(null, 1, TAKEN), stepFrom(null, -1, TAKEN)], [steps.taken, steps.takenLast]);
    assert.equal(neighbourDecision([], { from: null, by: 1, outcomes: ALL }), null);
  });
});
