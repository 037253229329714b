import type { LogisticWeights } from '../verifierWeights.ts';
import type { TensorSource } from './tensorSource.ts';
import { quoted, UnusableFile } from './unusableFile.ts';
import type { NumberTensor } from './writeSafetensors.ts';

const WEIGHT = 'logistic.weight';
const MEAN = 'logistic.mean';
const STANDARD_DEVIATION = 'logistic.standard_deviation';
const BIAS = 'logistic.bias';

/**
 * The logistic model of a file; null where it has none.
 *
 * @param features - the names of its features, as the file's metadata tells them; null where it tells none.
 * @throws UnusableFile where tensors or names are missing or do not fit each other.
 */
export function readLogistic(source: TensorSource, features: readonly string[] | null): LogisticWeights | null {
  if (!source.names.some((name) => name.startsWith('logistic.'))) return null;
  if (features === null) throw new UnusableFile("does not tell the names of its logistic model's features");
  const twice = features.find((name, index) => features.indexOf(name) !== index);
  if (twice !== undefined) throw new UnusableFile(`names the feature ${quoted(twice)} twice`);
  const list = (name: string): Float32Array => source.read(name, [features.length]);
  const standardDeviation = list(STANDARD_DEVIATION);
  const flat = features.find((_, index) => !((standardDeviation[index] ?? 0) > 0));
  if (flat !== undefined) {
    throw new UnusableFile(`has no standard deviation above 0 for the feature ${quoted(flat)}`);
  }
  const [bias] = source.read(BIAS, [1]);
  return { features, mean: list(MEAN), standardDeviation, weight: list(WEIGHT), bias: bias ?? 0 };
}

/** The tensors of a logistic model; the names of its features go into the metadata. */
export function logisticTensors(weights: LogisticWeights): ReadonlyMap<string, NumberTensor> {
  const list = (values: Float32Array): NumberTensor => ({ shape: [values.length], values });
  return new Map([
    [WEIGHT, list(weights.weight)],
    [MEAN, list(weights.mean)],
    [STANDARD_DEVIATION, list(weights.standardDeviation)],
    [BIAS, list(Float32Array.of(weights.bias))],
  ]);
}
