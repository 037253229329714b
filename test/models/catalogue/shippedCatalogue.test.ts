import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BITS_PER_WEIGHT } from '../../../src/models/catalogue/bitsPerWeight.ts';
import type { Catalogue } from '../../../src/models/catalogue/catalogue.ts';
import { PAIR_MEMORY_SIZES } from '../../../src/models/catalogue/catalogue.ts';
import { downloadOf } from '../../../src/models/catalogue/downloadOf.ts';
import type { PairEstimate } from '../../../src/models/catalogue/fittingPairs.ts';
import { estimatePairs } from '../../../src/models/catalogue/fittingPairs.ts';
import { nearestFittingPair } from '../../../src/models/catalogue/nearestFittingPair.ts';
import { readCatalogue } from '../../../src/models/catalogue/readCatalogue.ts';
import { roughMemory, roughWeightBytes, usableMemoryBytes } from '../../../src/models/catalogue/roughMemory.ts';
import { DEMO_MODELS } from '../../../src/models/demoPair.ts';
import { hashFile } from '../../../src/models/hashFile.ts';
import { isModelFolderName } from '../../../src/models/library/libraryPlaces.ts';

const MODELS_FOLDER = fileURLToPath(new URL('../../../media/models', import.meta.url));

/** Their hashes are known, the commits that they hold for are not. */
const SEEN_ON_MAIN = ['deepseek-r1-distill-qwen-14b', 'deepseek-r1-distill-qwen-32b', 'mistral-small-3.2-24b-instruct'];

describe('the catalogue that ships', () => {
  let catalogue: Catalogue = { models: [], pairs: [] };
  before(() => {
    catalogue = readCatalogue(MODELS_FOLDER);
  });

  it('has the demo pair as it ships, and no other model without a repository', async () => {
    const shipped = catalogue.models.filter(({ repository }) => repository === null);
    assert.deepEqual(
      shipped.map(({ id, files }) => [id, files.map(({ name }) => name)]),
      DEMO_MODELS.map(({ id, fileName }) => [id, [fileName]]),
    );
    for (const { files } of shipped) {
      for (const { name, bytes, sha256 } of files) {
        const path = join(MODELS_FOLDER, name);
        assert.deepEqual([bytes, sha256], [statSync(path).size, await hashFile(path)]);
      }
    }
  });

  it('tells of each model enough for an estimate, in a quantization that is known', () => {
    for (const model of catalogue.models) {
      assert.ok(BITS_PER_WEIGHT.has(model.quantization), model.id);
      assert.ok(roughMemory(model, null), model.id);
    }
  });

  it('has sizes that go with parameters and quantization', () => {
    for (const model of catalogue.models.filter(({ repository }) => repository !== null)) {
      const unsized = { ...model, files: [{ name: 'a.gguf', bytes: null, sha256: null }] };
      const ratio = (roughWeightBytes(model) ?? 0) / (roughWeightBytes(unsized) ?? 0);
      // Embeddings are kept finer, and are most of a small model; some of those have them twice.
      assert.ok(ratio > 0.97 && ratio < 1.35, `${model.id}: ${ratio}`);
    }
  });

  it('names no hash without the size, and none of a file that a branch may change unless it was seen more than once', () => {
    const unpinned = catalogue.models.filter(({ revision, files }) => {
      return revision === 'main' && files.some(({ sha256 }) => sha256 !== null);
    });
    assert.deepEqual(
      unpinned.map(({ id }) => id),
      SEEN_ON_MAIN,
    );
    for (const { files } of catalogue.models)
      assert.ok(files.every(({ bytes, sha256 }) => sha256 === null || bytes !== null));
  });

  it('has ids that can be folders of the library, and a download for all that does not ship', () => {
    for (const model of catalogue.models) {
      assert.ok(isModelFolderName(model.id), model.id);
      if (model.repository === null) assert.throws(() => downloadOf(model), /ships with MentorCollab/);
      else assert.equal(downloadOf(model).files.length, model.files.length);
    }
  });

  it("has the paper's generators", () => {
    const originals = catalogue.models.filter((one) => one.isPaperGenerator).map((one) => one.originalRepository);
    assert.deepEqual(
      new Set(originals),
      new Set([
        'Qwen/Qwen3-1.7B',
        'Qwen/Qwen3-8B-Base',
        'meta-llama/Llama-3.1-8B',
        'meta-llama/Llama-3.2-3B-Instruct',
        'google/gemma-3-4b-it',
        'google/gemma-3-4b-pt',
      ]),
    );
  });

  describe('suggests pairs', () => {
    const estimates = (): readonly PairEstimate[] => estimatePairs(catalogue, null);

    it('that fit the memory they are suggested for', () => {
      for (const { pair, totalBytes } of estimates()) {
        const usable = usableMemoryBytes((pair.memoryGiB ?? 4) * 2 ** 30);
        assert.ok(totalBytes !== null && totalBytes <= usable, `${pair.id}: ${String(totalBytes)} of ${usable}`);
      }
    });

    it('for each memory size at least two, one that can think and one that does not', () => {
      for (const size of PAIR_MEMORY_SIZES) {
        const pairs = estimates().filter(({ pair }) => pair.memoryGiB === size);
        const thinks = pairs.map(({ generator, mentor }) =>
          [generator, mentor].some(({ thinking }) => thinking !== 'never'),
        );
        assert.ok(thinks.includes(true) && thinks.includes(false), String(size));
      }
    });

    it('whose members suit their roles, the mentor clearly larger', () => {
      for (const { pair, generator, mentor } of estimates()) {
        assert.ok(generator.roles.includes('generator') && mentor.roles.includes('mentor'), pair.id);
        assert.ok((mentor.parameters ?? 0) >= 2 * (generator.parameters ?? Infinity), pair.id);
      }
    });

    it('some of them with generators of the paper, and says so of no other', () => {
      for (const { pair, generator } of estimates()) {
        assert.equal(pair.description.includes('generator of the paper'), generator.isPaperGenerator, pair.id);
      }
      assert.ok(estimates().filter(({ generator }) => generator.isPaperGenerator).length >= 5);
    });

    it('and each can be stood in for on a machine with half the memory', () => {
      for (const { pair, generator, mentor } of estimates()) {
        if (pair.memoryGiB === null || pair.memoryGiB === 4) continue;
        const memoryBytes = usableMemoryBytes((pair.memoryGiB / 2) * 2 ** 30);
        const nearest = nearestFittingPair(catalogue, { generator, mentor }, { memoryBytes, contextSize: null });
        assert.ok(nearest && nearest.generator.family !== 'demo', pair.id);
      }
    });
  });
});

describe('readCatalogue', () => {
  it('says what to do where there is no catalogue', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-catalogue-'));
    try {
      assert.throws(() => readCatalogue(folder), { code: 'model-missing', message: /Install MentorCollab again/ });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
