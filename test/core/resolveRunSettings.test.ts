import assert from 'node:assert/strict';
import { MentorCollabError } from '../../src/core/errors.ts';
import type { RunSettingsInput } from '../../src/core/resolveRunSettings.ts';
import { resolveRunSettings } from '../../src/core/resolveRunSettings.ts';

const resolve = (input: RunSettingsInput) => resolveRunSettings(input, (setting) => `mentorcollab.${setting}`);

describe('resolveRunSettings', () => {
  it('takes the preset that the evidence speaks for when nothing is set', () => {
    assert.deepEqual(resolve({}), {
      preset: 'balanced',
      decision: { policy: 'confidence', threshold: 0.9 },
      verification: 'confidence',
      verifierFile: null,
      patchLength: 'word',
      patchTokens: 16,
      earlyRejoin: false,
      readAhead: true,
      maxTokens: 512,
      seed: 1,
      stopStrings: ['\n\nPremises:', '\n\nProblem:', '\n\nQuestion:', '<|endoftext|>', '</s>'],
    });
  });

  it('gives the published settings for paper-free', () => {
    assert.deepEqual(resolve({ preset: 'paper-free' }), {
      preset: 'paper-free',
      decision: { policy: 'random', probability: 0.24 },
      verification: 'letter',
      verifierFile: null,
      patchLength: 'tokens',
      patchTokens: 16,
      earlyRejoin: false,
      readAhead: false,
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

  it('has the thresholds of the method for a policy by name, and takes others', () => {
    assert.deepEqual(resolve({ decision: 'confidence' }).decision, { policy: 'confidence', threshold: 0.9 });
    assert.deepEqual(resolve({ decision: 'entropy' }).decision, { policy: 'entropy', threshold: 0.45 });
    assert.deepEqual(resolve({ decision: 'margin' }).decision, { policy: 'margin', threshold: 0.4 });
    assert.deepEqual(resolve({ decision: 'budget' }).decision, { policy: 'budget', share: 0.25 });
    assert.deepEqual(resolve({ decision: 'stepStart' }).decision, { policy: 'stepStart', threshold: 0.45 });
    assert.deepEqual(resolve({ decision: 'entropy', threshold: 2 }).decision, { policy: 'entropy', threshold: 2 });
    assert.deepEqual(resolve({ decision: 'budget', threshold: 0.1 }).decision, { policy: 'budget', share: 0.1 });
  });

  it('reads a bare threshold as that of the preset, and none where there is none', () => {
    assert.deepEqual(resolve({ preset: 'balanced', threshold: 0.8 }).decision, {
      policy: 'confidence',
      threshold: 0.8,
    });
    assert.deepEqual(resolve({ preset: 'paper-free', threshold: 0.8 }).decision, {
      policy: 'random',
      probability: 0.24,
    });
  });

  it('has presets that ask by confidence and decode nothing twice, from the most frugal up', () => {
    const presets = (['frugal', 'balanced', 'thorough'] as const).map((preset) => resolve({ preset }));
    assert.deepEqual(
      presets.map(({ verification, patchLength }) => [verification, patchLength]),
      Array.from({ length: 3 }, () => ['confidence', 'word']),
    );
    const thresholds = presets.map(({ decision }) => (decision.policy === 'confidence' ? decision.threshold : NaN));
    assert.deepEqual(thresholds, [0.6, 0.9, 0.97]);
  });

  it('takes the probed word for a patch, or a number of tokens instead of it', () => {
    assert.deepEqual(resolve({ patchTokens: 'word' }).patchLength, 'word');
    const { patchLength, patchTokens } = resolve({ preset: 'balanced', patchTokens: 8 });
    assert.deepEqual([patchLength, patchTokens], ['tokens', 8]);
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
    { verification: 'oracle' },
    { verifierFile: 7 },
    { earlyRejoin: 'perhaps' },
    { readAhead: 1 },
    { patchTokens: 0 },
    { patchTokens: 'words' },
    { preset: 'balanced', threshold: 1.1 },
    { decision: 'entropy', threshold: -1 },
    { decision: 'entropy', threshold: 21 },
    { decision: 'budget', threshold: '0.2' },
    { patchTokens: 1.5 },
    { maxTokens: 0 },
    { seed: 2 ** 53 },
    { seed: '1' },
  ];
  for (const input of bad) {
    it(`refuses ${JSON.stringify(input)} and names the setting`, () => {
      const name = Object.keys(input).at(-1);
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
