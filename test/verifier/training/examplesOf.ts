import { seededRandom } from '../../../src/core/randomSource.ts';
import type { TrainingExample } from '../../../src/verifier/training/trainingExample.ts';

/** Examples by chance of which a rule says the label: whether the first two numbers have the same sign. */
export function signExamples(count: number, hiddenSize: number, seed: number): readonly TrainingExample[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const hidden = Float32Array.from({ length: hiddenSize }, () => 2 * random() - 1);
    const favoursGenerator = (hidden[0] ?? 0) * (hidden[1] ?? 0) > 0;
    return { question: `q${Math.floor(index / 3)}`, hidden, features: {}, favoursGenerator };
  });
}
