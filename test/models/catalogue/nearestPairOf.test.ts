import assert from 'node:assert/strict';
import { fileSource } from '../../../src/core/modelSource.ts';
import type { Catalogue } from '../../../src/models/catalogue/catalogue.ts';
import { catalogueModelOf, nearestPairOf, nearestPairOfRun } from '../../../src/models/catalogue/nearestPairOf.ts';
import { anyModel } from './anyModel.ts';

const GIB = 2 ** 30;
const sized = (id: string, gibibytes: number) =>
  anyModel({
    id,
    parameters: gibibytes * GIB,
    files: [{ name: `Q8/${id}.gguf`, bytes: gibibytes * GIB, sha256: null }],
    contextTokens: 1,
    shape: { layers: 1, keyValueHeads: 1, headSize: 1, vocabulary: 1 },
  });
const [small, middle, large] = [sized('small', 1), sized('middle', 4), sized('large', 12)];
const CATALOGUE: Catalogue = { models: [small, middle, large], pairs: [] };
const idsOf = (pair: ReturnType<typeof nearestPairOf>): unknown => pair && [pair.generator.id, pair.mentor.id];

describe('nearestPairOf', () => {
  const limit = { machineBytes: 12 * GIB, contextSize: null };

  it('gives the nearest pair and what it takes', () => {
    const pair = nearestPairOf(CATALOGUE, { generator: small, mentor: large, verifier: null }, limit);
    assert.deepEqual(idsOf(pair), ['small', 'middle']);
    assert.ok((pair?.totalBytes ?? 0) > 5 * GIB);
  });

  it('leaves a verifier its share', () => {
    const run = { generator: small, mentor: large, verifier: middle };
    assert.equal(nearestPairOf(CATALOGUE, run, { ...limit, machineBytes: 8 * GIB }), null);
    assert.deepEqual(idsOf(nearestPairOf(CATALOGUE, run, limit)), ['small', 'middle']);
  });

  it('gives nothing where the pair itself is the nearest, as when other programs have the memory', () => {
    assert.equal(nearestPairOf(CATALOGUE, { generator: small, mentor: middle, verifier: null }, limit), null);
  });

  it('knows the models of a run by the names of their files', () => {
    const run = {
      generator: fileSource('/models/small/small.gguf'),
      mentor: fileSource('C:\\models\\large.gguf'),
      verifier: null,
      options: { contextSize: null },
    };
    assert.deepEqual(idsOf(nearestPairOfRun(CATALOGUE, run, 12 * GIB)), ['small', 'middle']);
    assert.equal(catalogueModelOf(CATALOGUE, fileSource('/models/small-2.gguf')), null);
    assert.equal(
      catalogueModelOf(CATALOGUE, { type: 'server', url: 'http://h/v1', model: 'small', apiKey: null }),
      null,
    );
  });
});
