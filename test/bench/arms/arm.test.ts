import assert from 'node:assert/strict';
import { hasChance } from '../../../src/bench/arms/arm.ts';
import type { RunSettings } from '../../../src/core/runSettings.ts';
import { GENERATOR, MENTOR, pairArm } from '../../support/bench/testArms.ts';

describe('whether an arm has chance in it', () => {
  const random = (probability: number): RunSettings['decision'] => ({ policy: 'random', probability });
  const cases: readonly (readonly [Partial<RunSettings>, boolean])[] = [
    [{ decision: random(0.24) }, true],
    [{ decision: random(0) }, false],
    [{ decision: random(1) }, false],
    [{ decision: { policy: 'always' } }, false],
    [{ decision: { policy: 'positions', steps: [1, 2] } }, false],
    [{ decision: { policy: 'always' }, verification: 'coin' }, true],
    [{ decision: { policy: 'positions', steps: [1] }, verification: 'coin' }, true],
    [{ decision: { policy: 'never' }, verification: 'coin' }, false],
    [{ decision: random(0.5), verification: 'alwaysMentor' }, true],
    [{ decision: { policy: 'confidence', threshold: 0.9 } }, false],
    [{ decision: { policy: 'entropy', threshold: 0.45 }, verification: 'coin' }, true],
  ];
  for (const [settings, expected] of cases) {
    it(`is ${String(expected)} for ${JSON.stringify(settings)}`, () => {
      assert.equal(hasChance(pairArm('x', settings)), expected);
    });
  }

  it('is false for either model alone, whatever its settings', () => {
    const settings = { ...GENERATOR.settings, decision: random(0.5), verification: 'coin' as const };
    assert.equal(hasChance({ ...GENERATOR, settings }), false);
    assert.equal(hasChance({ ...MENTOR, settings }), false);
  });

  it('is false for a coin that no probe ever throws', () => {
    assert.equal(hasChance(pairArm('x', { decision: random(0), verification: 'coin' })), false);
    assert.equal(
      hasChance(pairArm('x', { decision: { policy: 'positions', steps: [] }, verification: 'coin' })),
      false,
    );
  });
});
