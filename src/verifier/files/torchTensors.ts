import { FLOAT_FORMATS } from './floatFormat.ts';
import type { PickleDict, PickleValue, TensorReference } from './pickleValue.ts';
import { objectOfKind } from './pickleValue.ts';
import { checkLayout, gatherFloats } from './storedTensor.ts';
import type { StoredTensor } from './storedTensor.ts';
import { unpickle } from './unpickle.ts';
import { quoted, UnusableFile } from './unusableFile.ts';
import { zipEntries } from './zipEntries.ts';

const SAVE_ANEW =
  'Load it with a current PyTorch and save its state dict: torch.save(model.state_dict(), "verifier.pth").';
/** A checkpoint keeps the state dict under a key, sometimes under two. */
const MOST_DEPTH = 3;
/** Which of a checkpoint's state dicts is meant where it has several, such as one of averaged weights. */
const USUAL_KEYS: readonly PickleValue[] = ['state_dict', 'model_state_dict', 'model'];

/**
 * The tensors of a PyTorch state dict (`torch.save`, the ZIP format of 1.6 and later), by their names as they stand there. In
 * a checkpoint the state dict is looked for by a name that it must have.
 *
 * @param isWanted - whether a name shows that its dict is the state dict.
 * @throws UnusableFile for any other file; nothing in it is ever run.
 */
export function torchTensors(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
): ReadonlyMap<string, StoredTensor> {
  const entries = zipEntries(bytes);
  const root = rootOf(entries);
  const dict = findStateDict(unpickle(contentOf(entries, `${root}data.pkl`)), isWanted);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, value] of dict.entries) {
    const tensor = objectOfKind(value, 'tensor');
    if (typeof name !== 'string' || !tensor) continue;
    const bytes = (): Uint8Array => contentOf(entries, `${root}data/${tensor.storage.key}`);
    tensors.set(name, storedTensor(name, tensor, bytes));
  }
  return tensors;
}

type Entries = ReadonlyMap<string, Uint8Array | null>;

function contentOf(entries: Entries, name: string): Uint8Array {
  const content = entries.get(name);
  if (content) return content;
  if (content === undefined) throw new UnusableFile(`lacks its part ${quoted(name)}: it is damaged`);
  throw new UnusableFile(`has ${quoted(name)} compressed or encrypted, which PyTorch never does`, SAVE_ANEW);
}

/** The one folder that all entries are in, with its slash. */
function rootOf(entries: Entries): string {
  const pickles = [...entries.keys()].filter((name) => /^[^/]*\/data\.pkl$/.test(name));
  const [pickle] = pickles;
  if (pickle === undefined || pickles.length > 1) {
    throw new UnusableFile('is a ZIP archive, but not one of torch.save', 'If verifiers are inside, unpack it first.');
  }
  const root = pickle.slice(0, -'data.pkl'.length);
  const isScript = [...entries.keys()].some(
    (name) => name === `${root}constants.pkl` || name.startsWith(`${root}code/`),
  );
  if (isScript) {
    throw new UnusableFile(
      'is a TorchScript program, not a state dict',
      'Load it with torch.jit.load and save its tensors: torch.save(program.state_dict(), "verifier.pth").',
    );
  }
  if (new TextDecoder().decode(entries.get(`${root}byteorder`)?.subarray(0, 8) ?? new Uint8Array()) === 'big') {
    throw new UnusableFile('was saved on a big-endian machine, which is not supported', SAVE_ANEW);
  }
  return root;
}

function findStateDict(value: PickleValue, isWanted: (name: string) => boolean): PickleDict {
  const found = new Map<PickleDict, readonly PickleValue[]>();
  const seen = new Set<PickleValue>();
  const look = (here: PickleValue, path: readonly PickleValue[]): void => {
    const dict = objectOfKind(here, 'dict');
    if (!dict || seen.has(dict) || path.length > MOST_DEPTH) return;
    seen.add(dict);
    if ([...dict.entries.keys()].some((key) => typeof key === 'string' && isWanted(key))) found.set(dict, path);
    else for (const [key, inner] of dict.entries) look(inner, [...path, key]);
  };
  look(value, []);
  const [first, ...others] = found;
  if (!first) {
    throw new UnusableFile(
      "holds no state dict of MentorCollab's MLP: nothing in it is named mlp.0.weight",
      'Choose the verifier of your generator, or train one with train-verifier.',
    );
  }
  if (others.length === 0) return first[0];
  for (const usual of USUAL_KEYS) {
    const named = [...found].filter(([, path]) => path.at(-1) === usual);
    if (named[0] && named.length === 1) return named[0][0];
  }
  throw new UnusableFile('holds several state dicts, none of which is under the key "state_dict"', SAVE_ANEW);
}

function storedTensor(name: string, { storage, layout }: TensorReference, content: () => Uint8Array): StoredTensor {
  return {
    shape: layout.shape,
    read: () => {
      if (storage.format === 'other') throw new UnusableFile(`has whole numbers as ${quoted(name)}`);
      const size = FLOAT_FORMATS[storage.format].bytes;
      const bytes = content();
      if (!Number.isSafeInteger(storage.count) || storage.count < 0 || storage.count * size > bytes.length) {
        throw new UnusableFile(`is damaged: the numbers of ${quoted(name)} are not all there`);
      }
      checkLayout(layout, storage.count);
      return gatherFloats(bytes, storage.format, layout);
    },
  };
}

/**
 * Whether a file is one of PyTorch before 1.6, which wrote a pickle without an archive around it; and what to do then.
 */
export function legacyTorchProblem(bytes: Uint8Array): UnusableFile | null {
  // A pickle of protocol 2 whose first value is PyTorch's magic number; and, still older, a tape archive.
  const magic = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
  const isTape = new TextDecoder('latin1').decode(bytes.subarray(257, 262)) === 'ustar';
  if (isTape || magic.every((byte, index) => bytes[index] === byte)) {
    return new UnusableFile('is in the format that PyTorch used before version 1.6', SAVE_ANEW);
  }
  if (bytes[0] === 0x80 && (bytes[1] ?? 0) <= 5) {
    return new UnusableFile('is a bare Python pickle, which may hold a program, and was not read', SAVE_ANEW);
  }
  return null;
}
