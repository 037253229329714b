import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CatalogueModel } from '../../../src/models/catalogue/catalogue.ts';
import {
  roughMemory,
  roughTotalBytes,
  roughWeightBytes,
  usableMemoryBytes,
} from '../../../src/models/catalogue/roughMemory.ts';
import { anyModel } from './anyModel.ts';

const count = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
const anyShape = fc.record({
  layers: count(128),
  keyValueHeads: count(64),
  headSize: count(256),
  vocabulary: count(300_000),
});
const anyKnown: fc.Arbitrary<CatalogueModel> = fc
  .record({ shape: anyShape, parameters: count(40e9), contextTokens: fc.option(count(262_144)) })
  .map(anyModel);
const GIB = 2 ** 30;

describe('roughMemory', () => {
  const shape = { layers: 28, keyValueHeads: 8, headSize: 128, vocabulary: 151_936 };

  it('keeps keys and values of every layer and token in 16 bits', () => {
    const memory = roughMemory(anyModel({ parameters: 1e9, shape }), 4_096);
    assert.equal(memory?.cacheBytes, 28 * 2 * 8 * 128 * 2 * 4_096);
  });

  it('takes 4,096 tokens by default, and never more than a model was trained with', () => {
    const model = anyModel({ parameters: 1e9, shape, contextTokens: 8_192 });
    assert.deepEqual(roughMemory(model, null), roughMemory(model, 4_096));
    assert.deepEqual(roughMemory(model, 100_000), roughMemory(model, 8_192));
  });

  it('is unknown where the shape is', () => {
    assert.equal(roughMemory(anyModel({ parameters: 1e9 }), null), null);
    assert.equal(roughTotalBytes([anyModel({ parameters: 1e9, shape }), anyModel({ id: 'other' })], null), null);
  });

  it('is the sum of its parts, and whole bytes', () => {
    fc.assert(
      fc.property(anyKnown, fc.option(count(300_000)), (model, contextSize) => {
        const memory = roughMemory(model, contextSize);
        assert.ok(memory);
        const { weightBytes, cacheBytes, computeBytes, totalBytes } = memory;
        assert.equal(weightBytes + cacheBytes + computeBytes, totalBytes);
        assert.ok([weightBytes, cacheBytes, computeBytes].every((bytes) => Number.isSafeInteger(bytes) && bytes > 0));
      }),
    );
  });

  it('never sinks with a longer context or a larger model', () => {
    fc.assert(
      fc.property(anyKnown, count(200_000), count(200_000), (model, tokens, more) => {
        const bytes = (one: CatalogueModel, contextSize: number): number =>
          roughMemory(one, contextSize)?.totalBytes ?? 0;
        assert.ok(bytes(model, tokens + more) >= bytes(model, tokens));
        const larger = { ...model, parameters: (model.parameters ?? 0) + more };
        assert.ok(bytes(larger, tokens) >= bytes(model, tokens));
      }),
    );
  });
});

describe('roughWeightBytes', () => {
  const file = (bytes: number | null): { name: string; bytes: number | null; sha256: null } => ({
    name: 'a.gguf',
    bytes,
    sha256: null,
  });

  it('is the size of all files where it is known', () => {
    assert.equal(roughWeightBytes(anyModel({ files: [file(30), file(12)], parameters: 1 })), 42);
  });

  it('is that of the parameters in their quantization where a size is not known', () => {
    const model = anyModel({ files: [file(30), file(null)], parameters: 8_030_261_248, quantization: 'Q4_K_M' });
    // llama.cpp's own figure for Llama 3.1 8B is 4.58 GiB.
    assert.equal(((roughWeightBytes(model) ?? 0) / GIB).toFixed(2), '4.58');
  });

  it('is unknown for a quantization or a number of parameters that is', () => {
    assert.equal(roughWeightBytes(anyModel({ parameters: 1e9, quantization: 'Q1_X' })), null);
    assert.equal(roughWeightBytes(anyModel({ parameters: null })), null);
  });
});

describe('roughTotalBytes', () => {
  it('counts a model that has two roles once', () => {
    fc.assert(
      fc.property(anyKnown, (model) => {
        assert.equal(roughTotalBytes([model, model], null), roughMemory(model, null)?.totalBytes);
      }),
    );
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(anyKnown, anyKnown, (a, b) => {
        const other = { ...b, id: 'other' };
        assert.equal(roughTotalBytes([a, other], null), roughTotalBytes([other, a], null));
      }),
    );
  });
});

describe('usableMemoryBytes', () => {
  it('leaves room for the rest of the machine', () => {
    assert.equal(usableMemoryBytes(GIB), 0);
    assert.equal(usableMemoryBytes(4 * GIB), 2.5 * GIB);
    assert.equal(usableMemoryBytes(32 * GIB), Math.floor(25.6 * GIB));
  });

  it('never sinks with more memory', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(64 * 1024), (bytes, more) => {
        assert.ok(usableMemoryBytes(bytes + more) >= usableMemoryBytes(bytes));
      }),
    );
  });
});
