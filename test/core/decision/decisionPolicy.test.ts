import assert from 'node:assert/strict';
import type { DecisionPolicy, DecisionSettings, ProbeReason } from '../../../src/core/decision/decisionPolicy.ts';
import { createDecisionPolicy } from '../../../src/core/decision/createDecisionPolicy.ts';
import type { Word } from '../../../src/core/languageModel.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';

const scripted = (draws: readonly number[]) => {
  let next = 0;
  return () => draws[next++] ?? assert.fail('drew more than once a step');
};

/** A word whose pieces have these probabilities, with the second best of the first piece where that matters. */
function word(probabilities: readonly number[], more: { second?: number; entropy?: number; text?: string } = {}): Word {
  const pieces = probabilities.map((probability, index) => ({
    text: index === 0 ? (more.text ?? ' word') : 'x',
    logProbability: Math.log(probability),
    lead: Math.log(probability) - Math.log(more.second ?? 0.01),
    candidates: [],
  }));
  return {
    text: pieces.map(({ text }) => text).join(''),
    pieces,
    candidates: pieces.slice(0, 1).map(({ text, logProbability }) => ({ text, logProbability })),
    entropy: more.entropy ?? null,
  };
}

const ANY = word([0.99], { entropy: 0 });
const NO_DRAWS = scripted([]);
const policyOf = (settings: DecisionSettings): DecisionPolicy => createDecisionPolicy(settings, NO_DRAWS);

/** What a policy says of words one behind the other, or of one word at so many steps. */
function decisions(policy: DecisionPolicy, words: readonly Word[]): readonly (ProbeReason | null)[] {
  let before = '';
  return words.map((one, step) => {
    policy.needsEntropy(step + 1);
    const reason = policy.decide({ step, word: one, before });
    before += one.text;
    assert.ok(reason !== 'ask-mentor');
    return reason;
  });
}
const times = (count: number): readonly Word[] => Array.from({ length: count }, () => ANY);

describe('the decision random', () => {
  it('probes exactly below its probability and draws once a step', () => {
    // The step behind the last one is looked at ahead.
    const policy = createDecisionPolicy({ policy: 'random', probability: 0.24 }, scripted([0.2399, 0.24, 0.9, 0.1]));
    assert.deepEqual(
      [0, 1, 2, 3].map((step) => policy.needsEntropy(step)),
      [true, false, false, true],
    );
    assert.deepEqual(decisions(policy, times(3)), [{ policy: 'random', draw: 0.2399, probability: 0.24 }, null, null]);
  });

  it('never probes at 0 and always at 1', () => {
    const at = (probability: number) =>
      decisions(createDecisionPolicy({ policy: 'random', probability }, seededRandom(3)), times(500));
    assert.ok(at(0).every((reason) => reason === null));
    assert.ok(at(1).every((reason) => reason !== null));
  });
});

describe('decisions that look at no word', () => {
  it('probe the listed steps in any order, and no others', () => {
    const probed = decisions(policyOf({ policy: 'positions', steps: [4, 0] }), times(6));
    assert.deepEqual(
      probed.map((reason) => reason !== null),
      [true, false, false, false, true, false],
    );
  });

  it('probe every step, or none, and draw nothing', () => {
    assert.deepEqual(decisions(policyOf({ policy: 'always' }), times(1)), [{ policy: 'always' }]);
    assert.deepEqual(decisions(policyOf({ policy: 'never' }), times(1)), [null]);
    assert.equal(policyOf({ policy: 'never' }).needsEntropy(0), false);
  });
});

describe('the decision confidence', () => {
  const policy = (): DecisionPolicy => policyOf({ policy: 'confidence', threshold: 0.9 });

  it('probes where any piece of the word is below its threshold, by the lowest', () => {
    const [first, second, third] = decisions(policy(), [word([0.95, 0.5, 0.8]), word([0.95, 0.91]), word([0.3])]);
    assert.ok(first?.policy === 'confidence');
    assert.ok(Math.abs(first.confidence - 0.5) < 1e-12);
    assert.equal(first.threshold, 0.9);
    assert.equal(second, null);
    assert.ok(third);
  });

  it('takes how sure the end of the turn is for a word that is none', () => {
    const end = (probability: number): Word => ({
      text: '',
      pieces: [],
      candidates: [{ text: '', logProbability: Math.log(probability) }],
      entropy: null,
    });
    const [sure, unsure] = decisions(policy(), [end(0.99), end(0.4)]);
    assert.equal(sure, null);
    assert.ok(unsure);
  });

  it('says what to do where a server tells no probabilities', () => {
    const silent: Word = {
      text: ' a',
      pieces: [{ text: ' a', logProbability: null, lead: null, candidates: [] }],
      candidates: [],
      entropy: null,
    };
    for (const name of ['confidence', 'margin'] as const) {
      assert.throws(() => decisions(policyOf({ policy: name, threshold: 0.5 }), [silent]), {
        code: 'bad-input',
        message:
          /does not tell\. Choose the preset paper-free \(or the decision random\), or a generator that runs on this machine\.$/,
      });
    }
  });
});

describe('the decision entropy', () => {
  it('measures every word, and probes from its threshold on', () => {
    const policy = policyOf({ policy: 'entropy', threshold: 0.45 });
    assert.ok(policy.needsEntropy(0) && policy.needsEntropy(7));
    assert.deepEqual(decisions(policy, [word([0.9], { entropy: 0.45 }), word([0.9], { entropy: 0.449 })]), [
      { policy: 'entropy', entropy: 0.45, threshold: 0.45 },
      null,
    ]);
  });

  it('says what to do where nobody tells it', () => {
    for (const settings of [
      { policy: 'entropy', threshold: 1 },
      { policy: 'stepStart', threshold: 1 },
      { policy: 'budget', share: 0.25 },
    ] as const) {
      assert.throws(() => decisions(policyOf(settings), [word([0.9])]), /needs the entropy over the full vocabulary/);
    }
  });
});

describe('the decision margin', () => {
  it('probes where the first piece leads the second best by less than its threshold', () => {
    const policy = policyOf({ policy: 'margin', threshold: 0.4 });
    const [close, far] = decisions(policy, [word([0.5], { second: 0.3 }), word([0.7], { second: 0.1 })]);
    assert.ok(close?.policy === 'margin');
    assert.ok(Math.abs(close.margin - 0.2) < 1e-12);
    assert.equal(far, null);
  });
});

describe('the decision budget', () => {
  it('follows the entropy of 0.45 nats until 32 words have been seen', () => {
    const words = Array.from({ length: 32 }, (_, index) => word([0.9], { entropy: index % 2 === 0 ? 0.5 : 0.4 }));
    const reasons = decisions(policyOf({ policy: 'budget', share: 0.25 }), words);
    assert.deepEqual(
      reasons.map((reason) => reason !== null),
      words.map((_, index) => index % 2 === 0),
    );
  });

  it('then probes about its share of the words, whatever their entropies are', () => {
    const random = seededRandom(11);
    for (const scale of [0.01, 5]) {
      const words = Array.from({ length: 4_000 }, () => word([0.9], { entropy: scale * random() }));
      const probes = decisions(policyOf({ policy: 'budget', share: 0.25 }), words)
        .slice(32)
        .filter((reason) => reason !== null).length;
      assert.ok(Math.abs(probes / 3_968 - 0.25) < 0.02, `${probes} of 3968`);
    }
  });

  it('forgets what is longer ago than its window', () => {
    const calm = Array.from({ length: 300 }, () => word([0.9], { entropy: 3 }));
    const later = Array.from({ length: 300 }, (_, index) => word([0.9], { entropy: 1 + index / 1_000 }));
    const reasons = decisions(policyOf({ policy: 'budget', share: 0.25 }), [...calm, ...later]);
    assert.equal(reasons[310], null);
    assert.notEqual(reasons.at(-1), null);
  });
});

describe('the decision stepStart', () => {
  const probedAt = (before: string, text: string, entropy = 1): boolean =>
    policyOf({ policy: 'stepStart', threshold: 0.45 }).decide({
      step: 3,
      word: word([0.5], { text, entropy }),
      before,
    }) !== null;

  it('probes the first word of the text, of a sentence and of a line', () => {
    for (const [before, text] of [
      ['', 'First'],
      ['  ', 'First'],
      ['It is 3.5.', ' Then'],
      ['Is it so?', ' Yes'],
      ['He said “no.”', ' Then'],
      ['(It is.)', ' Then'],
      ['so it is. ', 'Then'],
      ['a line\n', 'Then'],
      ['a line\n  ', 'Then'],
      ['a line', '\nThen'],
    ] as const) {
      assert.ok(probedAt(before, text), `${before}|${text}`);
    }
  });

  it('probes no other word, and none that the generator is sure of', () => {
    for (const [before, text] of [
      ['It is 3.', '5'],
      ['so it', ' is'],
      ['one,', ' two'],
    ] as const) {
      assert.equal(probedAt(before, text), false, `${before}|${text}`);
    }
    assert.equal(probedAt('so it is.', ' Then', 0.44), false);
  });
});

describe('an end of the turn that a server lists nowhere', () => {
  it('is not called into doubt by the decisions that look at probabilities', () => {
    const end: Word = { text: '', pieces: [], candidates: [], entropy: null };
    for (const settings of [
      { policy: 'confidence', threshold: 1 },
      { policy: 'margin', threshold: 1 },
    ] as const) {
      assert.equal(policyOf(settings).decide({ step: 0, word: end, before: '' }), null);
    }
  });
});

describe('the decision surprise', () => {
  const policy = policyOf({ policy: 'surprise', threshold: 1 });

  it('leaves every word to what the mentor makes of it', () => {
    assert.equal(policy.decide({ step: 0, word: ANY, before: '' }), 'ask-mentor');
    assert.equal(policy.needsEntropy(0), false);
  });

  it('probes where the mentor prefers its own word by more than the threshold', () => {
    const decide = (own: number, other: number): ProbeReason | null | undefined =>
      policy.decideByMentor?.({ ownLogProbability: own, otherLogProbability: other });
    assert.deepEqual(decide(-0.1, -1.6), { policy: 'surprise', surprise: 1.5, threshold: 1 });
    assert.equal(decide(-0.5, -1.5), null, 'not more');
    assert.equal(decide(-2, -1), null, 'a word that is likelier than its own, piece by piece');
  });
});
