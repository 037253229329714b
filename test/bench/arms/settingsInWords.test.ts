import assert from 'node:assert/strict';
import { settingsInWords } from '../../../src/bench/arms/settingsInWords.ts';
import type { RunSettings } from '../../../src/core/runSettings.ts';
import { pairArm } from '../../support/bench/testArms.ts';

describe('settings in words', () => {
  const words = (settings: Partial<RunSettings> = {}): string => settingsInWords(pairArm('x', settings).settings);

  it('tell what the settings do, in one line', () => {
    assert.equal(
      words(),
      "probes at a word with probability 0.24, the verifier's letter decides, patches of 16 tokens, up to 512 tokens",
    );
  });

  it('name every way to decide on a probe', () => {
    assert.match(words({ decision: { policy: 'always' } }), /^probes at every word,/);
    assert.match(words({ decision: { policy: 'stepStart', threshold: 0 } }), /^probes at first words of .* lines,/);
    assert.match(words({ decision: { policy: 'never' } }), /^never probes,/);
    assert.match(words({ decision: { policy: 'positions', steps: [3] } }), /^probes at step 3,/);
    assert.match(words({ decision: { policy: 'positions', steps: [3, 7] } }), /^probes at steps 3, 7,/);
    assert.match(words({ decision: { policy: 'positions', steps: [] } }), /^never probes,/);
  });

  it('name every way to choose between patches', () => {
    assert.match(words({ verification: 'alwaysMentor' }), /, the mentor's patch is taken always,/);
    assert.match(words({ verification: 'alwaysGenerator' }), /, the mentor's patch is taken never,/);
    assert.match(words({ verification: 'coin' }), /, a coin decides,/);
    assert.match(
      words({ verification: 'score' }),
      /, the generator’s patch is kept if the mentor scores it 7 of 9 or more,/,
    );
    assert.match(words({ verification: 'halfAsSure' }), /, the mentor’s patch is kept if it is more than half as sure/);
  });
});
