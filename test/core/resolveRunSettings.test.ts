import assert from 'node:assert/strict';
import { MentorCollabError } from '../../src/core/errors.ts';
import type { RunSettingsInput } from '../../src/core/resolveRunSettings.ts';
import { resolveRunSettings } from '../../src/core/resolveRunSettings.ts';

const resolve = (input: RunSettingsInput) => resolveRunSettings(input, (setting) => `mentorcollab.${setting}`);

describe('resolveRunSettings', () => {
  it('gives the published settings when nothing is set', () => {
    assert.deepEqual(resolve({}), {
      preset: 'paper-free',
      decision: { policy: 'random', probability: 0.24 },
      verification: 'letter',
      patchTokens: 16,
      maxTokens: 512,
      seed: 1,
      stopStrings: ['\n\nPremises:', '\n\nProblem:', '\n\nQuestion:', '<|endoftext|>', '</s>'],
    });
  });

  it('treats null like unset, so that an unset probability leaves the preset its own', () => {
    assert.deepEqual(resolve({ probability: null, seed: null }), resolve({}));
  });

  it('uses an explicit probability as given, both ends included', () => {
    assert.deepEqual(resolve({ probability: 0 }).decision, { policy: 'random', probability: 0 });
    assert.deepEqual(resolve({ probability: 1 }).decision, { policy: 'random', probability: 1 });
  });

  it('puts positions before a named policy, and that before a probability', () => {
    const all = { probeAt: [3, 7], decision: 'always', probability: 0.5 };
    assert.deepEqual(resolve(all).decision, { policy: 'positions', steps: [3, 7] });
    assert.deepEqual(resolve({ ...all, probeAt: undefined }).decision, { policy: 'always' });
    assert.deepEqual(resolve({ decision: 'random' }).decision, { policy: 'random', probability: 0.24 });
  });

  it('lets a preset choose the verifier and a setting override it', () => {
    assert.equal(resolve({ preset: 'always-mentor' }).verification, 'alwaysMentor');
    assert.equal(resolve({ preset: 'always-mentor', verification: 'letter' }).verification, 'letter');
  });

  const bad: readonly RunSettingsInput[] = [
    { preset: 'paper' },
    { probability: 1.01 },
    { probability: -0.1 },
    { probability: Number.NaN },
    { probability: '0.5' },
    { decision: 'sometimes' },
    { probeAt: [1, -1] },
    { probeAt: [1.5] },
    { probeAt: '1' },
    { verification: 'mlp' },
    { patchTokens: 0 },
    { patchTokens: 1.5 },
    { maxTokens: 0 },
    { seed: 2 ** 53 },
    { seed: '1' },
  ];
  for (const input of bad) {
    it(`refuses ${JSON.stringify(input)} and names the setting`, () => {
      const [name] = Object.keys(input);
      assert.throws(
        () => resolve(input),
        (error) =>
          error instanceof MentorCollabError &&
          error.code === 'bad-input' &&
          error.message.startsWith(`mentorcollab.${String(name)} is `) &&
          error.message.includes('must be'),
      );
    });
  }
});
