import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { LetterChoice, ModelText, Patch, TextScore, Word } from '../../../src/core/languageModel.ts';
import { createVerificationPolicy } from '../../../src/core/verification/createVerificationPolicy.ts';
import type { PairVerificationName, VerificationInput } from '../../../src/core/verification/verificationPolicy.ts';
import type { Verdict } from '../../../src/core/verification/verdict.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

const PATCHES = { generator: ' four', mentor: ' five' };

function word(...probabilities: readonly number[]): Word {
  const pieces = probabilities.map((probability) => ({
    text: 'x',
    logProbability: Math.log(probability),
    lead: 1,
    candidates: [],
  }));
  return { text: 'x'.repeat(pieces.length), pieces, candidates: [], entropy: null };
}

const patch = (text: string): Patch => ({ text, pieces: [], endsTurn: false });

/** A verifier that gives the letters probabilities by what stands behind Option (A). */
async function verdictOf(
  name: PairVerificationName,
  input: {
    letters?: (first: string) => LetterChoice['letters'];
    words?: VerificationInput['words'];
    tellsScores?: boolean;
  } = {},
): Promise<Verdict> {
  const model = new ScriptedModel({ continuation: () => [] });
  const text = await model.openText({ form: 'chat', question: 'Q' }, { signal: { aborted: false } });
  const asked: string[] = [];
  const verifier = Object.assign(text, {
    compareLetters: (suffix: string): Promise<LetterChoice> => {
      asked.push(suffix);
      const first = /Option \(A\): (.*?), Option \(B\)/.exec(suffix)?.[1] ?? '';
      return Promise.resolve({ greedyText: 'C', letters: input.letters?.(first) ?? [] });
    },
  });
  if (input.tellsScores === false) {
    Object.assign(verifier, { score: () => Promise.reject(new MentorCollabError('bad-input', 'Not told.')) });
  }
  const words = input.words ?? { generator: word(0.5), mentor: word(0.5) };
  const judges = { mlp: null, logistic: null };
  return createVerificationPolicy(name, { seed: 1, judges })({
    verifier,
    models: { generator: verifier, mentor: verifier },
    drafts: { generator: patch(PATCHES.generator), mentor: patch(PATCHES.mentor) },
    patches: PATCHES,
    words,
    step: 0,
  });
}
const letters = (a: number, b: number): LetterChoice['letters'] => [
  { text: 'A', logProbability: Math.log(a) },
  { text: 'B', logProbability: Math.log(b) },
];

describe('the verification letterSwapped', () => {
  it('takes no notice of a liking for one letter', async () => {
    const likesB = await verdictOf('letterSwapped', { letters: () => letters(0.1, 0.8) });
    assert.equal(likesB.winner, 'generator', 'a tie');
    assert.ok(Math.abs(likesB.score ?? NaN) < 1e-12);
  });

  it('keeps the patch that is liked in both orders, by the sum of the log-odds', async () => {
    const likesFive = await verdictOf('letterSwapped', {
      letters: (first) => (first === ' five' ? letters(0.6, 0.2) : letters(0.3, 0.4)),
    });
    assert.equal(likesFive.winner, 'mentor');
    assert.ok(Math.abs((likesFive.score ?? NaN) - (Math.log(0.4 / 0.3) + Math.log(0.6 / 0.2))) < 1e-12);
    assert.match(likesFive.suffix ?? '', /Option \(A\): {2}four, Option \(B\): {2}five/);
    const likesFour = await verdictOf('letterSwapped', {
      letters: (first) => (first === ' five' ? letters(0.2, 0.6) : letters(0.5, 0.4)),
    });
    assert.equal(likesFour.winner, 'generator');
  });

  it('says what to do where a server tells no letters', async () => {
    await assert.rejects(verdictOf('letterSwapped'), /Choose the verification letter, or a verifier that runs on this/);
  });
});

describe('the verification halfAsSure', () => {
  const between = (generator: number, mentor: number): Promise<Verdict> =>
    verdictOf('halfAsSure', { words: { generator: word(0.9, generator), mentor: word(mentor, 0.99) } });

  it("takes the mentor's word unless the mentor is at most half as sure of it as the generator of its own", async () => {
    assert.equal((await between(0.4, 0.3)).winner, 'mentor');
    assert.equal((await between(0.4, 0.201)).winner, 'mentor');
    assert.equal((await between(0.4, 0.19)).winner, 'generator');
    assert.equal((await between(0.5, 0.25)).winner, 'generator', 'a tie');
  });

  it('tells by how much', async () => {
    const { score, suffix, choice } = await between(0.4, 0.3);
    assert.ok(Math.abs((score ?? NaN) - Math.log(0.3 / 0.2)) < 1e-12);
    assert.deepEqual([suffix, choice], [null, null]);
  });
});

describe('the verification confidence', () => {
  it('keeps the patch of whoever was surer of the least sure piece of its word', async () => {
    const mentor = await verdictOf('confidence', { words: { generator: word(0.99, 0.3), mentor: word(0.5, 0.4) } });
    assert.equal(mentor.winner, 'mentor');
    assert.ok(Math.abs((mentor.score ?? NaN) - Math.log(0.4 / 0.3)) < 1e-12);
    assert.deepEqual([mentor.suffix, mentor.choice], [null, null]);
    const generator = await verdictOf('confidence', { words: { generator: word(0.6), mentor: word(0.9, 0.5) } });
    assert.equal(generator.winner, 'generator');
  });

  it('leaves a tie to the generator', async () => {
    assert.equal((await verdictOf('confidence')).winner, 'generator');
  });

  it('asks how likely an end is that no server lists, and keeps the generator where that is not told', async () => {
    const end: Word = { text: '', pieces: [], candidates: [], entropy: null };
    const words = { generator: word(0.5), mentor: end };
    // The scripted model is sure of ending where its script does.
    const asked = await verdictOf('confidence', { words });
    assert.equal(asked.winner, 'mentor');
    assert.ok((asked.score ?? 0) > 0);
    const untold = await verdictOf('confidence', { words, tellsScores: false });
    assert.deepEqual([untold.winner, untold.score], ['generator', null]);
  });

  it('says whose server tells no probabilities', async () => {
    const silent: Word = {
      text: 'a',
      pieces: [{ text: 'a', logProbability: null, lead: null, candidates: [] }],
      candidates: [],
      entropy: null,
    };
    const words = { generator: word(0.5), mentor: silent };
    await assert.rejects(verdictOf('confidence', { words }), /which the mentor's server does not tell/);
  });
});

describe('the verification likelihood', () => {
  /** A model by what it makes of the tokens of both patches, in nats. */
  async function model(generators: readonly number[], mentors: readonly number[], end = -1): Promise<ModelText> {
    const text = await new ScriptedModel({ continuation: () => [] }).openText(
      { form: 'chat', question: 'Q' },
      { signal: { aborted: false } },
    );
    return Object.assign(text, {
      score: (patch: string, asksEnd: boolean): Promise<TextScore> =>
        Promise.resolve({
          pieces: (patch === PATCHES.mentor ? mentors : generators).map((logProbability) => ({
            ...{ text: 'x', logProbability, isGreedy: false },
          })),
          endLogProbability: asksEnd ? end : null,
        }),
    });
  }
  const choose = (generator: ModelText, mentor: ModelText, endsTurn = false): Promise<Verdict> =>
    createVerificationPolicy('likelihood', { seed: 1, judges: { mlp: null, logistic: null } })({
      verifier: generator,
      models: { generator, mentor },
      drafts: { generator: patch(PATCHES.generator), mentor: { ...patch(PATCHES.mentor), endsTurn } },
      patches: PATCHES,
      words: { generator: word(0.5), mentor: word(0.5) },
      step: 0,
    });

  it('keeps the patch with the higher mean log-probability per token, averaged over both models', async () => {
    const { winner, score } = await choose(await model([-1, -3], [-2, -1, -3]), await model([-4, -4], [-1, -1, -1]));
    // (-2 + -1) / 2 against (-2 + -4) / 2
    assert.equal(winner, 'mentor');
    assert.ok(Math.abs((score ?? NaN) - 1.5) < 1e-12);
  });

  it('counts the end of the turn as a token', async () => {
    const [ours, theirs] = [await model([-2], [-1], -5), await model([-2], [-1], -5)];
    assert.equal((await choose(ours, theirs)).winner, 'mentor');
    assert.equal((await choose(ours, theirs, true)).winner, 'generator');
  });

  it('leaves a tie to the generator', async () => {
    assert.equal((await choose(await model([-2], [-2]), await model([-1], [-1]))).winner, 'generator');
  });
});
