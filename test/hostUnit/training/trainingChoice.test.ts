import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { defaultChoice, trainingChoiceOf } from '../../../src/host/training/trainingChoice.ts';

describe('the choice of a training', () => {
  it('takes all questions and probes at every other word unless it is told otherwise', () => {
    assert.deepEqual(trainingChoiceOf({ data: 'demo' }), defaultChoice('demo'));
    const own = { data: 'file:///q.jsonl', limit: 5, probability: 1 };
    assert.deepEqual(trainingChoiceOf(own), own);
  });

  it('is to be asked for where a command was given none', () => {
    for (const nothing of [undefined, null, 'demo', {}, { limit: 5 }]) assert.equal(trainingChoiceOf(nothing), null);
  });

  it('says what is wrong with one that can not be', () => {
    for (const wrong of [{ limit: 0 }, { probability: 0 }, { probability: 2 }, { data: '' }]) {
      const refusal = (error: unknown): boolean =>
        error instanceof MentorCollabError && error.code === 'bad-input' && error.message.includes('"probability"');
      assert.throws(() => trainingChoiceOf({ data: 'demo', ...wrong }), refusal);
    }
  });
});
