import { MentorCollabError } from '../../core/errors.ts';
import type { LogisticWeights } from '../verifierWeights.ts';
import { balanceOf } from './classWeights.ts';
import { crossEntropy, sigmoid } from './crossEntropy.ts';
import { solveSymmetric } from './solveSymmetric.ts';
import type { TrainingExample } from './trainingExample.ts';

/** How the logistic model is fitted. */
export interface LogisticFitSettings {
  /**
   * Weight of half the squared length of the weights beside the summed cross-entropy, above 0; the bias is free. It is
   * scikit-learn's 1 / C.
   */
  readonly penalty: number;
}

/** Default: scikit-learn's. */
export const LOGISTIC_PENALTY = 1;

/** Newton's method doubles its right digits at a step: it is there long before. */
const MOST_STEPS = 100;
/** Done once no slope of the loss is steeper, for each example. */
const SLOPE_TOLERANCE = 1e-10;
/** Halvings of one step at most. */
const MOST_HALVINGS = 40;

/** Examples as numbers: a 1 for the bias, then the standardised features. */
interface Rows {
  readonly columns: number;
  readonly values: readonly Float64Array[];
  readonly labels: readonly boolean[];
}

/**
 * Fits a logistic model over standardised features by Newton's method with halved steps (iteratively reweighted least squares).
 * Unlike the MLP it needs no balanced classes: with a free bias its mean probability is the share of the class.
 *
 * @param features - names; each example must have them all.
 * @throws MentorCollabError `bad-input` where one class is missing, or an example a feature.
 */
export function fitLogistic(
  examples: readonly TrainingExample[],
  features: readonly string[],
  { penalty }: LogisticFitSettings,
): LogisticWeights {
  balanceOf(examples.map(({ favoursGenerator }) => favoursGenerator));
  const numbers = examples.map((example) => features.map((name) => featureOf(example, name)));
  const { mean, standardDeviation } = standardisation(numbers, features.length);
  const rows: Rows = {
    columns: features.length + 1,
    values: numbers.map((row) =>
      Float64Array.from([1, ...row.map((value, at) => (value - (mean[at] ?? 0)) / (standardDeviation[at] ?? 1))]),
    ),
    labels: examples.map(({ favoursGenerator }) => favoursGenerator),
  };
  const [bias = 0, ...weight] = minimise(rows, penalty);
  return { features, mean, standardDeviation, weight: Float32Array.from(weight), bias: Math.fround(bias) };
}

function featureOf({ features }: TrainingExample, name: string): number {
  const value = features[name];
  if (value !== undefined && Number.isFinite(value)) return value;
  throw new MentorCollabError('bad-input', `An example has no feature "${name}", which the model is to be fitted on.`);
}

/** Mean and (biased) standard deviation of each column; 1 for a column that never changes. */
function standardisation(
  rows: readonly (readonly number[])[],
  columns: number,
): Pick<LogisticWeights, 'mean' | 'standardDeviation'> {
  const mean = new Float32Array(columns);
  const standardDeviation = new Float32Array(columns);
  for (let at = 0; at < columns; at++) {
    const values = rows.map((row) => row[at] ?? 0);
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length;
    mean[at] = middle;
    standardDeviation[at] = Math.sqrt(variance);
    // What varies less than its rounding does not vary.
    if (!((standardDeviation[at] ?? 0) > 1e-6 * Math.abs(middle))) standardDeviation[at] = 1;
  }
  return { mean, standardDeviation };
}

/** Bias and weights of the lowest penalised loss. */
function minimise(rows: Rows, penalty: number): Float64Array {
  let current = new Float64Array(rows.columns);
  let loss = penalisedLoss(rows, current, penalty);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { slope, curvature } = derivatives(rows, current, penalty);
    if (slope.every((value) => Math.abs(value) <= SLOPE_TOLERANCE * rows.values.length)) break;
    const direction = solveSymmetric(curvature, slope);
    const next = halvedUntilLower(rows, { current, direction, loss, penalty });
    if (next === null) break;
    [current, loss] = [next.point, next.loss];
  }
  return current;
}

interface Search {
  readonly current: Float64Array;
  readonly direction: Float64Array;
  readonly loss: number;
  readonly penalty: number;
}

/** Null where no step is lower: rounding has the last word. */
function halvedUntilLower(rows: Rows, search: Search): { point: Float64Array<ArrayBuffer>; loss: number } | null {
  for (let halving = 0, size = 1; halving < MOST_HALVINGS; halving++, size /= 2) {
    const point = Float64Array.from(search.current, (value, at) => value - size * (search.direction[at] ?? 0));
    const loss = penalisedLoss(rows, point, search.penalty);
    if (loss < search.loss) return { point, loss };
  }
  return null;
}

function penalisedLoss({ values, labels }: Rows, point: Float64Array, penalty: number): number {
  const fit = values.reduce((sum, row, at) => sum + crossEntropy(product(row, point), labels[at] ?? false), 0);
  return fit + (penalty / 2) * point.reduce((sum, value, at) => sum + (at === 0 ? 0 : value * value), 0);
}

/** Gradient and Hessian, the latter's lower triangle alone. */
function derivatives({ values, labels, columns }: Rows, point: Float64Array, penalty: number) {
  const slope = point.map((value, at) => (at === 0 ? 0 : penalty * value));
  const curvature = new Float64Array(columns * columns);
  for (let at = 1; at < columns; at++) curvature[at * columns + at] = penalty;
  for (const [index, row] of values.entries()) {
    const probability = sigmoid(product(row, point));
    const error = probability - (labels[index] === true ? 1 : 0);
    const weight = probability * (1 - probability);
    for (let a = 0; a < columns; a++) {
      const value = row[a] ?? 0;
      slope[a] = (slope[a] ?? 0) + error * value;
      for (let b = 0; b <= a; b++) {
        curvature[a * columns + b] = (curvature[a * columns + b] ?? 0) + weight * value * (row[b] ?? 0);
      }
    }
  }
  return { slope, curvature };
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
