import assert from 'node:assert/strict';
import { createDecisionPolicy } from '../../../src/core/decision/decisionPolicy.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';

const scripted = (draws: readonly number[]) => {
  let next = 0;
  return () => draws[next++] ?? assert.fail('drew more than once a step');
};

describe('decision policies', () => {
  it('random probes exactly below its probability and draws once a step', () => {
    const decide = createDecisionPolicy({ policy: 'random', probability: 0.24 }, scripted([0.2399, 0.24, 0.9]));
    assert.deepEqual(
      [0, 1, 2].map((step) => decide(step)),
      [{ policy: 'random', draw: 0.2399, probability: 0.24 }, null, null],
    );
  });

  it('random never probes at 0 and always at 1', () => {
    const steps = Array.from({ length: 500 }, (_, step) => step);
    const never = createDecisionPolicy({ policy: 'random', probability: 0 }, seededRandom(3));
    const always = createDecisionPolicy({ policy: 'random', probability: 1 }, seededRandom(3));
    assert.ok(steps.every((step) => never(step) === null));
    assert.ok(steps.every((step) => always(step) !== null));
  });

  it('positions probes the listed steps in any order, and no others', () => {
    const decide = createDecisionPolicy({ policy: 'positions', steps: [4, 0] }, scripted([]));
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].filter((step) => decide(step) !== null),
      [0, 4],
    );
  });

  it('always and never draw nothing', () => {
    assert.deepEqual(createDecisionPolicy({ policy: 'always' }, scripted([]))(0), { policy: 'always' });
    assert.equal(createDecisionPolicy({ policy: 'never' }, scripted([]))(0), null);
  });
});
