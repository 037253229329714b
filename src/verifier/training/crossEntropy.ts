import type { Batch } from './layers/batch.ts';
import { zeroBatch } from './layers/batch.ts';

/** What an outcome counts for in a loss, by its class. */
export interface ClassWeights {
  /** Of label 1. */
  readonly positive: number;
  /** Of label 0. */
  readonly negative: number;
}

/** A loss and its gradient by the logits. */
export interface LossWithGradient {
  /** Mean over the batch, in nats. */
  readonly loss: number;
  readonly gradient: Batch;
}

/** ln(1 + e^x), without overflow. */
export function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Cross-entropy of one logit and its label, in nats. */
export function crossEntropy(logit: number, isPositive: boolean): number {
  return isPositive ? softplus(-logit) : softplus(logit);
}

/** Mean weighted cross-entropy of a batch of logits (one column) and its gradient. */
export function batchCrossEntropy(logits: Batch, labels: readonly boolean[], weights: ClassWeights): LossWithGradient {
  const gradient = zeroBatch(logits.rows, 1);
  let sum = 0;
  for (const [row, isPositive] of labels.entries()) {
    const logit = logits.values[row] ?? 0;
    const weight = isPositive ? weights.positive : weights.negative;
    sum += weight * crossEntropy(logit, isPositive);
    gradient.values[row] = (weight * (sigmoid(logit) - (isPositive ? 1 : 0))) / logits.rows;
  }
  return { loss: sum / logits.rows, gradient };
}
