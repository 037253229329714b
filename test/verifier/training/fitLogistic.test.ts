import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { fitLogistic } from '../../../src/verifier/training/fitLogistic.ts';
import type { TrainingExample } from '../../../src/verifier/training/trainingExample.ts';
import { trainingReference } from './fixtures/trainingReference.ts';
import { nearAll } from './nearAll.ts';

function exampleOf(features: Readonly<Record<string, number>>, favoursGenerator: boolean): TrainingExample {
  return { question: 'q', hidden: new Float32Array(0), features, favoursGenerator };
}

describe('fitLogistic', () => {
  it('agrees with scikit-learn', () => {
    for (const { values, labels, penalty, ...expected } of trainingReference.logistic) {
      const names = (values[0] ?? []).map((_, at) => `f${at}`);
      const examples = values.map((row, at) =>
        exampleOf(Object.fromEntries(row.map((value, column) => [`f${column}`, value])), labels[at] === 1),
      );
      const fit = fitLogistic(examples, names, { penalty });
      assert.deepEqual(fit.features, names);
      nearAll(fit.mean, expected.mean, 1e-6);
      nearAll(fit.standardDeviation, expected.standardDeviation, 1e-6);
      nearAll(fit.weight, expected.weight, 1e-5);
      nearAll([fit.bias], [expected.bias], 1e-5);
    }
  });

  it('stays finite where one number tells the label for sure', () => {
    const examples = [-3, -2, -1, 1, 2, 3].map((value) => exampleOf({ a: value }, value > 0));
    const { weight, bias } = fitLogistic(examples, ['a'], { penalty: 1 });
    assert.ok((weight[0] ?? 0) > 0 && Number.isFinite(weight[0]));
    nearAll([bias], [0], 1e-9);
  });

  it('gives a number that never changes no weight', () => {
    const examples = [0, 1, 0, 1].map((value) => exampleOf({ same: 0.1 + 0.2, a: value }, value === 1));
    const { weight, standardDeviation } = fitLogistic(examples, ['same', 'a'], { penalty: 1 });
    assert.equal(standardDeviation[0], 1);
    nearAll([weight[0] ?? NaN], [0], 1e-6);
  });

  it('refuses a missing number by name, and one class alone', () => {
    const refused = (words: string) => (error: unknown) =>
      error instanceof MentorCollabError && error.code === 'bad-input' && error.message.includes(words);
    const examples = [exampleOf({ a: 1 }, true), exampleOf({}, false)];
    assert.throws(() => fitLogistic(examples, ['a'], { penalty: 1 }), refused('"a"'));
    assert.throws(() => fitLogistic(examples.slice(0, 1), ['a'], { penalty: 1 }), refused('both kinds'));
  });
});
