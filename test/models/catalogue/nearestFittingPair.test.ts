import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Catalogue, CatalogueModel } from '../../../src/models/catalogue/catalogue.ts';
import { fittingPairs } from '../../../src/models/catalogue/fittingPairs.ts';
import type { ModelPair } from '../../../src/models/catalogue/nearestFittingPair.ts';
import { nearestFittingPair } from '../../../src/models/catalogue/nearestFittingPair.ts';
import { roughTotalBytes } from '../../../src/models/catalogue/roughMemory.ts';
import { anyModel, anyPair } from './anyModel.ts';

/** Bytes of one billion parameters in these models, whose caches are negligible. */
const BILLION = 1e9;
const OVERHEAD = 2 * 34 * 2 ** 20;

function model(id: string, billions: number, more: Partial<CatalogueModel> = {}): CatalogueModel {
  return anyModel({
    id,
    family: id.replace(/-.*/, ''),
    parameters: billions * BILLION,
    files: [{ name: `${id}.gguf`, bytes: billions * BILLION, sha256: null }],
    contextTokens: 1,
    shape: { layers: 1, keyValueHeads: 1, headSize: 1, vocabulary: 1 },
    ...more,
  });
}

const CATALOGUE: Catalogue = {
  models: [
    model('demo-small', 0.001, { repository: null, revision: null, roles: ['generator'] }),
    model('demo-mentor', 0.002, { repository: null, revision: null, roles: ['mentor'] }),
    model('ant-1', 1),
    model('ant-4', 4),
    model('ant-8', 8),
    model('ant-30', 30, { roles: ['mentor'] }),
    model('bee-2', 2),
    model('bee-8', 8),
    model('bee-20', 20, { roles: ['mentor'] }),
  ],
  pairs: [
    anyPair({ id: 'demo', memoryGiB: null, generator: 'demo-small', mentor: 'demo-mentor' }),
    anyPair({ id: 'ants', memoryGiB: 8, generator: 'ant-1', mentor: 'ant-4' }),
    anyPair({ id: 'bees', memoryGiB: 16, generator: 'bee-2', mentor: 'bee-8' }),
  ],
};

function find(id: string): CatalogueModel {
  const found = CATALOGUE.models.find((one) => one.id === id);
  assert.ok(found, id);
  return found;
}

function nearest(generator: string | null, mentor: string | null, billions: number): string | null {
  const wanted = {
    generator: generator === null ? null : find(generator),
    mentor: mentor === null ? null : find(mentor),
  };
  const pair = nearestFittingPair(CATALOGUE, wanted, { memoryBytes: billions * BILLION + OVERHEAD, contextSize: null });
  return pair && `${pair.generator.id} ${pair.mentor.id}`;
}

describe('nearestFittingPair', () => {
  it('is the wanted pair where that fits', () => {
    assert.equal(nearest('ant-8', 'ant-30', 38), 'ant-8 ant-30');
  });

  it('keeps the generator and takes the largest mentor that fits beside it', () => {
    assert.equal(nearest('ant-4', 'ant-30', 33), 'ant-4 bee-20');
    assert.equal(nearest('ant-4', 'ant-30', 13), 'ant-4 ant-8');
  });

  it('prefers the family of the wanted mentor where two are of one size', () => {
    assert.equal(nearest('ant-4', 'bee-20', 13), 'ant-4 bee-8');
  });

  it('takes the largest generator of the family where the wanted one leaves no room for a mentor', () => {
    assert.equal(nearest('ant-8', 'ant-30', 13), 'ant-4 ant-8');
    assert.equal(nearest('bee-8', 'bee-20', 11), 'bee-2 bee-8');
  });

  it('takes another family where the wanted one does not fit', () => {
    assert.equal(nearest('bee-2', 'ant-4', 5.5), 'ant-1 ant-4');
  });

  it('never proposes a larger mentor than the wanted one', () => {
    assert.equal(nearest('ant-1', 'bee-2', 100), 'ant-1 bee-2');
  });

  it('proposes the largest suggested pair that fits where the wanted models are not of the catalogue', () => {
    assert.equal(nearest(null, null, 28), 'bee-2 bee-8');
    assert.equal(nearest(null, null, 6), 'ant-1 ant-4');
  });

  it('proposes no mentor that is hardly larger than its generator, unless it was wanted', () => {
    assert.equal(nearest('ant-8', 'bee-8', 17), 'ant-8 bee-8');
    assert.equal(nearest('ant-8', 'bee-20', 17), 'ant-4 bee-8');
  });

  it('proposes the demo pair where nothing else fits, and nothing where not even that does', () => {
    assert.equal(nearest('ant-8', 'ant-30', 2), 'demo-small demo-mentor');
    assert.equal(nearest('ant-8', 'ant-30', -1), null);
  });

  it('fits, has a mentor worth its memory, and gets no worse with more memory', () => {
    const ids = fc.constantFrom(...CATALOGUE.models.map(({ id }) => id));
    const sizes = ({ generator, mentor }: ModelPair): number => (generator.parameters ?? 0) + (mentor.parameters ?? 0);
    fc.assert(
      fc.property(ids, ids, fc.nat(50), fc.nat(10), (generator, mentor, billions, more) => {
        const wanted = { generator: find(generator), mentor: find(mentor) };
        const within = (limit: number): ModelPair | null =>
          nearestFittingPair(CATALOGUE, wanted, { memoryBytes: limit * BILLION, contextSize: null });
        const pair = within(billions);
        if (!pair) return;
        assert.ok((roughTotalBytes([pair.generator, pair.mentor], null) ?? Infinity) <= billions * BILLION);
        const isWanted = pair.generator.id === generator && pair.mentor.id === mentor;
        assert.ok(isWanted || (pair.mentor.parameters ?? 0) >= 1.5 * (pair.generator.parameters ?? 0));
        const roomier = within(billions + more);
        assert.ok(roomier);
        const isSameGenerator = roomier.generator.id === pair.generator.id;
        assert.ok(!isSameGenerator || sizes(roomier) >= sizes(pair));
      }),
    );
  });
});

describe('fittingPairs', () => {
  const fitting = (billions: number): readonly string[] =>
    fittingPairs(CATALOGUE, billions * BILLION + OVERHEAD, null).map(({ pair }) => pair.id);

  it('are those that fit, the largest first', () => {
    assert.deepEqual(fitting(10), ['bees', 'ants', 'demo']);
    assert.deepEqual(fitting(9), ['ants', 'demo']);
    assert.deepEqual(fitting(-1), []);
  });

  it('leave out pairs of which too little is known', () => {
    const unknown = CATALOGUE.models.map((one) => (one.id === 'ant-4' ? { ...one, shape: null } : one));
    const pairs = fittingPairs({ ...CATALOGUE, models: unknown }, 100 * BILLION, null);
    assert.deepEqual(
      pairs.map(({ pair }) => pair.id),
      ['bees', 'demo'],
    );
  });
});
