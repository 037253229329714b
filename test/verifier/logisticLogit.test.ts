import assert from 'node:assert/strict';
import { logisticLogit } from '../../src/verifier/logisticLogit.ts';
import { SMALL_LOGISTIC } from '../support/verifiers/randomVerifier.ts';

describe('the logit of the logistic model', () => {
  it('is the bias and the weighted sum of the standardised features', () => {
    const features = { entropy: 4, lead: 1, unknown: NaN };
    assert.equal(logisticLogit(SMALL_LOGISTIC, features), 0.75 + 2 * 2 - 3 * 0.5);
  });

  it('names a feature that is missing or not a number', () => {
    for (const features of [{ lead: 1 }, { lead: 1, entropy: NaN }]) {
      assert.throws(() => logisticLogit(SMALL_LOGISTIC, features), { code: 'bad-input', message: /"entropy"/ });
    }
  });
});
