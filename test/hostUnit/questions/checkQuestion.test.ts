import assert from 'node:assert/strict';
import { checkQuestion, LONGEST_QUESTION } from '../../../src/host/questions/checkQuestion.ts';

describe('checkQuestion', () => {
  it('gives the question without the white space around it', () => {
    assert.equal(checkQuestion(' \n How many?\n\nTell. \t', 'The question'), 'How many?\n\nTell.');
  });

  for (const blank of ['', ' \n\t ']) {
    it(`refuses ${JSON.stringify(blank)} by its name, with the next step`, () => {
      assert.throws(() => checkQuestion(blank, 'The selection'), {
        code: 'bad-input',
        message: 'The selection is empty. Write or select a question first.',
      });
    });
  }

  it('takes the longest question and refuses one character more, with both numbers', () => {
    assert.equal(checkQuestion('x'.repeat(LONGEST_QUESTION), 'The selection').length, LONGEST_QUESTION);
    assert.throws(() => checkQuestion('x'.repeat(LONGEST_QUESTION + 1), 'The selection'), {
      code: 'bad-input',
      message: /The selection has 100,001 characters, but at most 100,000 .* Select just the problem\./,
    });
  });
});
