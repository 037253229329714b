import assert from 'node:assert/strict';
import { createVerificationPolicy } from '../../../src/core/verification/createVerificationPolicy.ts';
import { verificationSuffix } from '../../../src/core/verification/letter.ts';
import { chooseByMlp } from '../../../src/core/verification/mlp.ts';
import type { ModelText } from '../../../src/core/languageModel.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

const PATCHES = { generator: ' four. My choice: Option (', mentor: ' five' };

async function openText(): Promise<ModelText> {
  const model = new ScriptedModel({ continuation: () => [] });
  return model.openText({ form: 'chat', question: 'Q' }, { signal: { aborted: false } });
}

describe('the verification mlp', () => {
  it('judges the generator’s state at the published sentence, cut just before the choice', async () => {
    const asked: string[] = [];
    const state = Float32Array.of(1, 2);
    const generator = Object.assign(await openText(), {
      hiddenState: (suffix: string): Promise<Float32Array> => {
        asked.push(suffix);
        return Promise.resolve(state);
      },
    });
    const judged: Float32Array[] = [];
    const verdict = await chooseByMlp(generator, PATCHES, (hidden) => {
      judged.push(hidden);
      return 1.5;
    });
    assert.deepEqual(judged, [state]);
    const [suffix = ''] = asked;
    assert.equal(`${suffix}My choice: Option (`, verificationSuffix(PATCHES));
    assert.match(suffix, /\. $/, 'the space before the choice stays');
    assert.deepEqual(verdict, { winner: 'generator', score: -1.5, suffix, choice: null });
  });

  it('takes the generator’s patch above 0 alone, and tells the log-odds for the mentor', async () => {
    const verdictAt = async (logit: number): Promise<unknown> => {
      const { winner, score } = await chooseByMlp(await openText(), PATCHES, () => logit);
      return [winner, score];
    };
    assert.deepEqual(await verdictAt(1e-9), ['generator', -1e-9]);
    assert.deepEqual(await verdictAt(0), ['mentor', 0]);
    assert.deepEqual(await verdictAt(-2), ['mentor', 2]);
  });

  it('asks the generator, and is nothing without a network', async () => {
    const text = await openText();
    const judges = { mlp: () => -1, logistic: null };
    const policy = createVerificationPolicy('mlp', { seed: 1, judges });
    const word = { text: 'x', pieces: [], candidates: [], entropy: null };
    const patch = { text: 'x', pieces: [], endsTurn: false };
    const verdict = await policy({
      verifier: text,
      models: { generator: text, mentor: text },
      drafts: { generator: patch, mentor: patch },
      patches: PATCHES,
      words: { generator: word, mentor: word },
      step: 0,
    });
    assert.equal(verdict.winner, 'mentor');
    assert.throws(() => createVerificationPolicy('mlp', { seed: 1, judges: { mlp: null, logistic: null } }), {
      code: 'internal',
    });
  });
});
