import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { readVerifier } from '../../../src/verifier/files/readVerifier.ts';
import { zipEntries } from '../../../src/verifier/files/zipEntries.ts';
import { pickle } from '../../support/verifiers/pickleWriter.ts';
import type { WrittenEntry } from '../../support/verifiers/zipWriter.ts';
import { writeZip } from '../../support/verifiers/zipWriter.ts';

const FILES = ['float32.pth', 'strided.pth', 'checkpoint.pt', 'python.safetensors'].map((name) =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url)),
);
const FIRST = 'mlp.0.weight';

/** The message of the refusal; null where the file is read. */
function refusal(bytes: Uint8Array): string | null {
  try {
    readVerifier(bytes, 'it');
    return null;
  } catch (thrown) {
    assert.ok(thrown instanceof MentorCollabError && thrown.code === 'bad-input', String(thrown));
    return thrown.message;
  }
}

/** An archive of PyTorch's with this pickle and storages of numbers by key. */
function archive(program: Uint8Array, storages: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  return writeZip([
    { name: 'a/data.pkl', content: program },
    ...Object.entries(storages).map(([key, content]) => ({ name: `a/data/${key}`, content })),
  ]);
}

/** A state dict whose first tensor is this one, over a storage of 512 floats. */
function withFirst(tensor: Uint8Array): Uint8Array {
  return archive(pickle.program(pickle.dict([[FIRST, tensor]])), { 0: new Uint8Array(2_048) });
}

const FLOATS = pickle.storage('FloatStorage', '0', 512);

describe('a hostile verifier file', () => {
  it('that is cut off anywhere is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FILES), fc.double({ min: 0, max: 1, noNaN: true }), (file, share) => {
        assert.notEqual(refusal(file.subarray(0, Math.floor(share * (file.length - 1)))), null);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it('that is damaged is read or refused, and never anything else', () => {
    const damage = fc.array(fc.tuple(fc.nat(40_000), fc.nat(255)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...FILES), damage, (file, bytes) => {
        const damaged = Uint8Array.from(file);
        for (const [at, value] of bytes) damaged[at % file.length] = value;
        refusal(damaged);
      }),
      { numRuns: 1_500, seed: 1 },
    );
  });

  it('whose pickle is damaged, its checksum made right, is read or refused', () => {
    const originals = FILES.slice(0, 3).map((file) =>
      [...zipEntries(file)].map(([name, content]) => ({ name, content: content ?? new Uint8Array() })),
    );
    const damage = fc.array(fc.tuple(fc.nat(20_000), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...originals), damage, (entries, bytes) => {
        const damaged = entries.map(({ name, content }) => ({ name, content: Uint8Array.from(content) }));
        const program = damaged.find(({ name }) => name.endsWith('data.pkl'))?.content;
        assert.ok(program);
        for (const [at, value] of bytes) program[at % program.length] = value;
        refusal(writeZip(damaged));
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  it('with any program for a pickle is refused', () => {
    const instructions = fc.constantFrom(...Buffer.from('(t)]}aeusbRQNKq0h1.'));
    const program = fc.array(fc.oneof({ weight: 4, arbitrary: instructions }, fc.nat(255)), { maxLength: 200 });
    fc.assert(
      fc.property(program, (bytes) => {
        assert.notEqual(refusal(archive(Uint8Array.from(bytes))), null);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  it('that names anything but the parts of a tensor is refused by that name', () => {
    for (const [module, name] of [
      ['os', 'system'],
      ['builtins', 'eval'],
      ['torch', 'load'],
      ['torch.storage', 'FloatStorage'],
      ['collections', 'OrderedDict\u0000'],
    ] as const) {
      const message = refusal(withFirst(pickle.call(pickle.global(module, name), pickle.tuple(pickle.text('ls')))));
      assert.ok(message?.includes(JSON.stringify(`${module}.${name}`)), String(message));
    }
  });

  it('with tensors that reach beyond their numbers is refused', () => {
    const refused = (offset: number, shape: readonly number[], strides: readonly number[]): string | null =>
      refusal(withFirst(pickle.tensor(FLOATS, offset, shape, strides)));
    const sound = refused(0, [32, 16], [16, 1]);
    assert.match(sound ?? '', /lacks the tensor "mlp\.0\.bias"/);
    assert.match(refused(1, [32, 16], [16, 1]) ?? '', /beyond its own numbers/);
    assert.match(refused(0, [32, 16], [16, 2]) ?? '', /beyond its own numbers/);
    assert.match(refused(-1, [32, 16], [16, 1]) ?? '', /makes no sense/);
    assert.match(refused(0, [32, 16], [-16, 1]) ?? '', /makes no sense/);
    assert.match(refused(0, [32, 16], [16]) ?? '', /makes no sense/);
    assert.match(refused(0.5, [32, 16], [16, 1]) ?? '', /makes no sense/);
  });

  it('with huge tensors made of few numbers is refused before they are made', () => {
    const width = 400_000;
    const huge = pickle.tensor(FLOATS, 0, [2 * width, width], [0, 0]);
    assert.match(refusal(withFirst(huge)) ?? '', /more numbers than it holds/);
    const shared = pickle.tensor(pickle.storage('FloatStorage', '0', 2 ** 40), 0, [32, 16], [16, 1]);
    assert.match(refusal(withFirst(shared)) ?? '', /not all there/);
  });

  it('with lists that hold themselves, and deep ones, is refused', () => {
    // A dict that is put into itself under a key, and a thousand levels of lists.
    const itself = Buffer.concat([Buffer.from('}q\u0001'), pickle.text('self'), Buffer.from('h\u0001s')]);
    assert.match(refusal(archive(pickle.program(itself))) ?? '', /no state dict/);
    const deep = Buffer.concat([Buffer.alloc(50_000, ']'), Buffer.alloc(49_999, 'a')]);
    assert.match(refusal(archive(pickle.program(deep))) ?? '', /no state dict/);
    const nested = Array.from({ length: 40 }).reduce<Uint8Array>(
      (inner) => pickle.dict([['a', inner]]),
      pickle.text(''),
    );
    assert.match(refusal(archive(pickle.program(nested))) ?? '', /no state dict/);
  });

  it('with more objects than any state dict is refused', () => {
    assert.match(refusal(archive(pickle.program(Buffer.alloc(200_000, '}')))) ?? '', /far more than a state dict/);
    assert.match(refusal(archive(new Uint8Array(5_000_000))) ?? '', /far more than a state dict/);
  });

  it('whose archive lies about itself is refused', () => {
    const content = pickle.program(pickle.dict([]));
    const entry: WrittenEntry = { name: 'a/data.pkl', content };
    assert.match(refusal(writeZip([{ ...entry, checksum: 1 }])) ?? '', /checksum/);
    assert.match(refusal(writeZip([entry, entry])) ?? '', /two entries/);
    assert.match(
      refusal(
        writeZip([
          { ...entry, size: content.length + 40 },
          { ...entry, name: 'b' },
        ]),
      ) ?? '',
      /within each other/,
    );
    assert.match(refusal(writeZip([{ ...entry, size: 2 ** 31 }])) ?? '', /within each other/);
    assert.match(refusal(writeZip([{ ...entry, name: 'verifier.safetensors' }])) ?? '', /not one of torch\.save/);
    assert.match(refusal(writeZip([])) ?? '', /not one of torch\.save/);
    const many = Array.from({ length: 10_001 }, (_, index) => ({ name: String(index), content: new Uint8Array() }));
    assert.match(refusal(writeZip(many)) ?? '', /entries/);
  });

  it('with whole numbers for weights is refused', () => {
    const longs = pickle.storage('LongStorage', '0', 256);
    const tensor = pickle.tensor(longs, 0, [16, 8], [8, 1]);
    assert.match(refusal(withFirst(tensor)) ?? '', /whole numbers/);
  });
});
