import type { PickleObject, PickleValue, StorageFormat, StorageReference } from './pickleValue.ts';
import { objectOfKind } from './pickleValue.ts';
import { quoted, UnusableFile } from './unusableFile.ts';

/** The classes of `torch` that a storage may have. */
const STORAGES: ReadonlyMap<string, StorageFormat> = new Map([
  ['torch.HalfStorage', 'F16'],
  ['torch.BFloat16Storage', 'BF16'],
  ['torch.FloatStorage', 'F32'],
  ['torch.DoubleStorage', 'F64'],
  ...['Long', 'Int', 'Short', 'Char', 'Byte', 'Bool'].map((name) => [`torch.${name}Storage`, 'other'] as const),
]);

const ORDERED_DICT = 'collections.OrderedDict';
const TENSOR = 'torch._utils._rebuild_tensor_v2';
const PARAMETER = 'torch._utils._rebuild_parameter';
const CALLABLES: readonly string[] = [ORDERED_DICT, TENSOR, PARAMETER];

/**
 * What a pickle names, if it is one of the few things that a state dict is made of. It is a name and stays one: nothing of
 * that name is ever looked up or run.
 */
export function allowedGlobal(module: string, name: string): PickleObject {
  const full = `${module}.${name}`;
  if (STORAGES.has(full) || CALLABLES.includes(full)) return { kind: 'global', name: full };
  throw new UnusableFile(
    `asks for ${quoted(full)}, which no state dict needs; such a file can run programs where Python reads it, so it was not read (nothing was run)`,
    'If you trust it, load it in Python and save its tensors alone: torch.save(model.state_dict(), "verifier.pth").',
  );
}

/** What calling an allowed global gives, made of its name and arguments alone. */
export function callGlobal(callee: PickleValue | undefined, args: readonly PickleValue[]): PickleValue {
  const name = objectOfKind(callee, 'global')?.name;
  if (name === ORDERED_DICT && args.length === 0) return { kind: 'dict', entries: new Map() };
  if (name === TENSOR) return tensorOf(args);
  const tensor = name === PARAMETER ? objectOfKind(args[0], 'tensor') : null;
  if (tensor) return tensor;
  throw new UnusableFile(`has a pickle that calls ${quoted(name ?? 'a value')} in a way PyTorch does not`);
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)`. */
function tensorOf(args: readonly PickleValue[]): PickleObject {
  const storage = objectOfKind(args[0], 'storage');
  const [, offset, shape, strides] = args;
  if (!storage || typeof offset !== 'number') throw new UnusableFile('has a tensor without numbers of its own');
  return { kind: 'tensor', storage, layout: { offset, shape: sizesOf(shape), strides: sizesOf(strides) } };
}

/** More axes than any weights have by far. */
const MOST_AXES = 8;

function sizesOf(value: PickleValue | undefined): readonly number[] {
  const items = objectOfKind(value, 'sequence')?.items ?? [null];
  const sizes = items.filter((item) => typeof item === 'number');
  if (sizes.length === items.length && sizes.length <= MOST_AXES) return sizes;
  throw new UnusableFile('has a tensor whose shape makes no sense');
}

/** `('storage', class, key, device, count)`, as a pickle names what is kept beside it. */
export function storageOf(id: PickleValue | undefined): StorageReference {
  const [tag, type, key, , count] = objectOfKind(id, 'sequence')?.items ?? [];
  const format = STORAGES.get(objectOfKind(type, 'global')?.name ?? '');
  if (tag !== 'storage' || format === undefined || typeof key !== 'string' || typeof count !== 'number') {
    throw new UnusableFile('has a reference to numbers that makes no sense');
  }
  return { kind: 'storage', key, format, count };
}
