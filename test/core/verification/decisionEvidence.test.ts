import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { LetterChoice, ModelText, Word } from '../../../src/core/languageModel.ts';
import { decisionEvidence } from '../../../src/core/verification/decisionEvidence.ts';
import { decisionFeatures } from '../../../src/core/verification/decisionFeatures.ts';
import { chooseByLogistic } from '../../../src/core/verification/logistic.ts';
import type { VerificationInput } from '../../../src/core/verification/verificationPolicy.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

function word(text: string, probability: number, entropy: number | null): Word {
  const piece = { text, logProbability: Math.log(probability), lead: Math.log(2), candidates: [] };
  return { text, pieces: [piece], candidates: [], entropy };
}

const letters: Readonly<Record<string, readonly [number, number]>> = { ' four': [0.6, 0.3], ' five': [0.5, 0.2] };

/** A model's text that answers with the letters by what stands behind Option (A), and notes what it is asked. */
async function textOf(continuation: readonly string[], own: Partial<ModelText> = {}): Promise<ModelText> {
  const model = new ScriptedModel({ continuation: (text) => (text === '' ? continuation : []) });
  const text = await model.openText({ form: 'chat', question: 'Q' }, { signal: { aborted: false } });
  const compareLetters = (suffix: string): Promise<LetterChoice> => {
    const [a, b] = letters[/Option \(A\): (.*?), Option \(B\)/.exec(suffix)?.[1] ?? ''] ?? [0.5, 0.5];
    const told = [
      { text: 'A', logProbability: Math.log(a) },
      { text: 'B', logProbability: Math.log(b) },
    ];
    return Promise.resolve({ greedyText: 'A', letters: told });
  };
  return Object.assign(text, { compareLetters, ...own });
}

async function divergence(
  own: { generator?: Partial<ModelText>; mentor?: Partial<ModelText> } = {},
): Promise<VerificationInput> {
  const generator = await textOf([' four'], own.generator);
  const mentor = await textOf([' five'], own.mentor);
  const patch = (text: string) => ({ text, pieces: [], endsTurn: false });
  return {
    verifier: generator,
    models: { generator, mentor },
    drafts: { generator: patch(' four'), mentor: patch(' five') },
    patches: { generator: ' four', mentor: ' five' },
    words: { generator: word(' four', 0.5, 0.7), mentor: word(' five', 0.8, 0.1) },
    step: 3,
  };
}

const near = (actual: number | undefined, expected: number): void => {
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-9, `${actual ?? NaN} is not ${expected}`);
};

describe("a divergence's own numbers", () => {
  it('are its words, the letters in both orders, and what each model makes of each patch', async () => {
    const features = await decisionFeatures(await divergence());
    near(features['generatorConfidence'], 0.5);
    near(features['mentorConfidence'], 0.8);
    near(features['generatorEntropy'], 0.7);
    near(features['mentorEntropy'], 0.1);
    near(features['generatorMargin'], 0.25);
    near(features['mentorMargin'], 0.4);
    near(features['letterLogOdds'], Math.log(0.3 / 0.6));
    near(features['letterLogOddsSwapped'], Math.log(0.5 / 0.2));
    near(features['ownPatchByGenerator'], Math.log(0.9));
    near(features['mentorPatchByGenerator'], Math.log(0.05));
    near(features['mentorPatchByMentor'], Math.log(0.9));
    near(features['ownPatchByMentor'], Math.log(0.05));
    assert.equal(Object.keys(features).length, 12);
  });

  it('lack what a server does not tell', async () => {
    const refused = () => Promise.reject(new MentorCollabError('bad-input', 'No log-probabilities of a prompt.'));
    const input = await divergence({ mentor: { score: refused } });
    const features = await decisionFeatures({
      ...input,
      words: { ...input.words, mentor: { ...input.words.mentor, entropy: null } },
    });
    const missing = ['mentorEntropy', 'mentorPatchByMentor', 'ownPatchByMentor'];
    assert.equal(Object.keys(features).length, 12 - missing.length);
    for (const name of missing) assert.ok(!(name in features), name);
  });

  it('end with what is no lack', async () => {
    const broken = () => Promise.reject(new MentorCollabError('context-full', 'It is full.'));
    await assert.rejects(decisionFeatures(await divergence({ mentor: { score: broken } })), /It is full/);
  });

  it('measure the entropy of the generator’s word where the decision has not', async () => {
    const input = await divergence({ generator: { nextWord: () => Promise.resolve(word(' four', 0.5, 0.9)) } });
    const generator = { ...input.words.generator, entropy: null };
    near((await decisionFeatures({ ...input, words: { ...input.words, generator } }))['generatorEntropy'], 0.9);
  });
});

describe('the evidence of a divergence', () => {
  it('is the hidden state that the MLP judges by, and the numbers', async () => {
    const asked: string[] = [];
    const hiddenState = (suffix: string): Promise<Float32Array> => {
      asked.push(suffix);
      return Promise.resolve(Float32Array.of(1, 2, 3));
    };
    const { step, hidden, features } = await decisionEvidence(await divergence({ generator: { hiddenState } }));
    assert.deepEqual([step, hidden], [3, [1, 2, 3]]);
    assert.equal(Object.keys(features).length, 12);
    assert.match(asked.join(), /Option \(B\): {2}five\. $/);
  });
});

describe('the verification logistic', () => {
  it('keeps the generator’s patch above 0, and tells the log-odds for the mentor', async () => {
    const input = await divergence();
    const verdict = (logit: number) => chooseByLogistic(input, () => logit);
    assert.deepEqual(await verdict(1.5), { winner: 'generator', score: -1.5, suffix: null, choice: null });
    assert.deepEqual(await verdict(-2), { winner: 'mentor', score: 2, suffix: null, choice: null });
    assert.deepEqual(await verdict(0), { winner: 'mentor', score: 0, suffix: null, choice: null });
    let given: unknown;
    await chooseByLogistic(input, (features) => {
      given = features;
      return 1;
    });
    assert.deepEqual(given, await decisionFeatures(input));
  });
});
