import type { FloatFormat } from './floatFormat.ts';
import type { TensorLayout } from './storedTensor.ts';

/** The numbers of a storage: real ones, or such as no weights have, which are counted and never read. */
export type StorageFormat = FloatFormat | 'other';

/** What a pickle of tensors can say; lists and dicts may hold themselves. */
export type PickleValue = null | boolean | number | string | PickleObject;

export type PickleObject =
  | { readonly kind: 'sequence'; readonly items: PickleValue[] }
  | PickleDict
  /** Something of Python's that was named, never looked up. */
  | { readonly kind: 'global'; readonly name: string }
  | StorageReference
  | TensorReference;

/** A `dict` or an `OrderedDict`. */
export interface PickleDict {
  readonly kind: 'dict';
  readonly entries: Map<PickleValue, PickleValue>;
}

/** A list of numbers that is kept beside the pickle. */
export interface StorageReference {
  readonly kind: 'storage';
  readonly key: string;
  readonly format: StorageFormat;
  /** How many numbers it has. */
  readonly count: number;
}

/** A tensor over a storage; nothing of it is checked yet. */
export interface TensorReference {
  readonly kind: 'tensor';
  readonly storage: StorageReference;
  readonly layout: TensorLayout;
}

/** The value as an object of one kind; null when it is anything else. */
export function objectOfKind<K extends PickleObject['kind']>(
  value: PickleValue | undefined,
  kind: K,
): Extract<PickleObject, { readonly kind: K }> | null {
  if (typeof value !== 'object' || value?.kind !== kind) return null;
  return value as Extract<PickleObject, { readonly kind: K }>;
}
