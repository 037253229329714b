import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { readVerifier } from '../../../src/verifier/files/readVerifier.ts';
import { writeVerifier } from '../../../src/verifier/files/writeVerifier.ts';
import type { Verifier } from '../../../src/verifier/verifierWeights.ts';
import { randomMlp, SMALL_LOGISTIC, SOME_CARD } from '../../support/verifiers/randomVerifier.ts';

const WHOLE: Verifier = { mlp: randomMlp(10, 1), logistic: SMALL_LOGISTIC, card: SOME_CARD };

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }> & {
  __metadata__: Record<string, string>;
};

/** A written verifier whose header is changed, with its length. */
function changed(change: (header: Header) => unknown, verifier = WHOLE): Uint8Array {
  const bytes = Buffer.from(writeVerifier(verifier));
  const end = 8 + Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString('utf8', 8, end)) as Header;
  const text = Buffer.from(JSON.stringify(change(header) ?? header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, bytes.subarray(end)]);
}

function assertRefused(bytes: () => Uint8Array, message: RegExp): void {
  assert.throws(
    () => readVerifier(bytes(), 'own.safetensors'),
    (thrown) => thrown instanceof MentorCollabError && thrown.code === 'bad-input' && message.test(thrown.message),
    String(message),
  );
}

describe('a verifier in a safetensors file', () => {
  it('is read again as it was written, to the last bit', () => {
    assert.deepEqual(readVerifier(writeVerifier(WHOLE), 'own'), WHOLE);
    const bytes = writeVerifier(WHOLE);
    assert.deepEqual(writeVerifier(readVerifier(bytes, 'own')), bytes);
  });

  it('may have one of its parts, and no card', () => {
    for (const part of [{ mlp: null }, { logistic: null }, { card: null }]) {
      const verifier = { ...WHOLE, ...part };
      assert.deepEqual(readVerifier(writeVerifier(verifier), 'own'), verifier);
    }
    assert.throws(() => writeVerifier({ ...WHOLE, mlp: null, logistic: null }), { code: 'bad-input' });
  });

  it('is never written with numbers that are not finite, or that do not fit each other', () => {
    const logistic = { ...SMALL_LOGISTIC, bias: NaN };
    assert.throws(() => writeVerifier({ ...WHOLE, logistic }), /logistic\.bias that are not finite/);
    const short = { ...SMALL_LOGISTIC, mean: Float32Array.of(1) };
    assert.throws(() => writeVerifier({ ...WHOLE, logistic: short }), /logistic\.mean as 1 where 2 is expected/);
    const constant = { ...SMALL_LOGISTIC, standardDeviation: Float32Array.of(1, 0) };
    assert.throws(() => writeVerifier({ ...WHOLE, logistic: constant }), /above 0 for the feature "entropy"/);
  });

  it('is refused where shapes do not fit each other', () => {
    const reshaped = (name: string, shape: number[]): Uint8Array =>
      changed((header) => {
        Object.assign(header[name] ?? {}, { shape });
      });
    assertRefused(() => reshaped('mlp.4.weight', [20, 10]), /mlp\.4\.weight as 20 x 10 where 10 x 20 is expected/);
    assertRefused(() => reshaped('mlp.0.weight', [10, 20]), /mlp\.0\.weight as 10 x 20, but .* from h numbers to 2h/);
    assertRefused(() => reshaped('linear.bias', []), /linear\.bias as one number where 1 is expected/);
  });

  it('is refused where tensors are missing, or are those of another network', () => {
    const renamed = (from: string, to: string): Uint8Array =>
      changed((header) =>
        Object.fromEntries(Object.entries(header).map(([name, one]) => [name === from ? to : name, one])),
      );
    assertRefused(() => renamed('mlp.5.running_var', 'other'), /lacks the tensor "mlp\.5\.running_var"/);
    assertRefused(() => renamed('logistic.bias', 'other'), /lacks the tensor "logistic\.bias"/);
    const twice = { ...WHOLE, logistic: { ...SMALL_LOGISTIC, features: ['a', 'a'] } };
    assert.throws(() => writeVerifier(twice), /the feature "a" twice/);
    const other = changed((header) => ({
      ...header,
      'mlp.12.bias': { dtype: 'F32', shape: [0], data_offsets: [0, 0] },
    }));
    assertRefused(() => other, /"mlp\.12\.bias".*another network/);
  });

  it('is refused where tensors overlap, leave holes or reach beyond the end', () => {
    const moved = (by: readonly [number, number]): Uint8Array =>
      changed((header) => {
        const offsets = header['mlp.4.bias']?.data_offsets ?? [];
        offsets[0] = (offsets[0] ?? 0) + by[0];
        offsets[1] = (offsets[1] ?? 0) + by[1];
      });
    for (const by of [
      [4, 4],
      [-4, -4],
      [0, 4],
      [1e9, 1e9],
      [0.5, 0.5],
      [-1e9, 0],
    ] as const) {
      assertRefused(() => moved(by), /does not lie where|makes no sense/);
    }
    assertRefused(() => Buffer.concat([writeVerifier(WHOLE), Buffer.of(0)]), /its tensors have/);
  });

  it('is refused where its header is no list of tensors', () => {
    const header = (text: string): Uint8Array => {
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(Buffer.byteLength(text)));
      return Buffer.concat([length, Buffer.from(text)]);
    };
    assertRefused(() => header('{'), /no JSON/);
    assertRefused(() => header('{"a": 1}'), /says of "a"/);
    assertRefused(() => header(`{"a": ${'['.repeat(300_000)}}`), /no JSON/);
    assertRefused(() => header(`{"a": ${'['.repeat(300_000)}${']'.repeat(300_000)}}`), /says of "a"/);
    assertRefused(() => header('{"__metadata__": {"format": 1}}'), /metadata/);
    assertRefused(
      () => header('{"a": {"dtype": "F3", "shape": [], "data_offsets": [0, 0]}}'),
      /"F3", which is not understood/,
    );
    assertRefused(() => header('{}'), /neither an MLP/);
    const long = Buffer.alloc(16, ' ');
    long.writeBigUInt64LE(90_000_000n);
    long[8] = 0x7b;
    assertRefused(() => long, /header of 90000000 bytes/);
  });

  it('of a newer major version is refused, and of a newer minor one is read', () => {
    const versioned = (formatVersion: string): Uint8Array =>
      changed(({ __metadata__: metadata }) => {
        metadata['card'] = JSON.stringify({ ...SOME_CARD, formatVersion, later: true });
      });
    assert.deepEqual(readVerifier(versioned('1.7'), 'own').card, { ...SOME_CARD, formatVersion: '1.7' });
    assertRefused(() => versioned('2.0'), /format "2\.0".*Update MentorCollab/);
  });

  it('is refused where its metadata can not be understood', () => {
    const told = (name: string, value: string): Uint8Array =>
      changed(({ __metadata__: metadata }) => {
        metadata[name] = value;
      });
    assertRefused(() => told('card', 'no JSON'), /"card" that is no JSON/);
    assertRefused(() => told('card', '{"formatVersion": "1.0"}'), /"card" that can't be understood/);
    assertRefused(() => told('features', '["a", 2]'), /"features" that can't be understood/);
    assertRefused(() => told('features', '["a"]'), /logistic\.standard_deviation as 2 where 1 is expected/);
    assertRefused(
      () => changed((header) => ({ ...header, __metadata__: {} })),
      /names of its logistic model's features/,
    );
  });
});
