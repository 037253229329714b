import assert from 'node:assert/strict';
import type { DecisionEvidence } from '../../src/core/verification/decisionEvidence.ts';
import { LlamaEngine } from '../../src/engine/engine.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';

const never = new AbortController().signal;

describe('the evidence of divergences on the demo pair', () => {
  const engine = new LlamaEngine();
  after(() => engine.dispose());

  async function solve(recordsEvidence: boolean): Promise<{ run: RecordedRun; evidence: readonly DecisionEvidence[] }> {
    const evidence: DecisionEvidence[] = [];
    const run = Object.assign(new RecordedRun(), { onEvidence: (one: DecisionEvidence) => evidence.push(one) });
    const settings = {
      decision: { policy: 'always' },
      verification: 'coin',
      patchLength: 'tokens',
      patchTokens: 6,
    } as const;
    await engine.solve({ ...demoRequest({ settings }), recordsEvidence }, run, never);
    assert.equal(run.view.ended?.failure, null);
    return { run, evidence };
  }

  it('is told of each divergence, whole and finite, and of nothing where it is not asked for', async () => {
    const { run, evidence } = await solve(true);
    const diverged = run.view.decisions.filter(({ outcome }) => outcome !== 'agreed').map(({ step }) => step);
    assert.ok(diverged.length > 0);
    assert.deepEqual(
      evidence.map(({ step }) => step),
      diverged,
    );
    for (const { hidden, features } of evidence) {
      assert.equal(hidden.length, 64);
      assert.equal(Object.keys(features).length, 12);
      assert.ok([...hidden, ...Object.values(features)].every(Number.isFinite));
    }
    assert.deepEqual((await solve(false)).evidence, []);
  });

  it('is the same again', async () => {
    assert.deepEqual((await solve(true)).evidence, (await solve(true)).evidence);
  });
});
