import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { findModel } from '../../../src/models/catalogue/findModel.ts';
import { parseCatalogue } from '../../../src/models/catalogue/parseCatalogue.ts';
import { anyModel, anyPair } from './anyModel.ts';

const parse = (content: unknown): ReturnType<typeof parseCatalogue> =>
  parseCatalogue(JSON.stringify(content), 'catalogue.json');

function problemOf(content: unknown): string {
  try {
    parse(content);
  } catch (thrown) {
    assert.ok(thrown instanceof MentorCollabError && thrown.code === 'protocol');
    return thrown.message;
  }
  throw new assert.AssertionError({ message: 'it was accepted' });
}

const parts = (...names: readonly string[]): { name: string; bytes: null; sha256: null }[] =>
  names.map((name) => ({ name, bytes: null, sha256: null }));

describe('parseCatalogue', () => {
  const models = [anyModel({ id: 'small' }), anyModel({ id: 'large' })];
  const pairs = [anyPair({ generator: 'small', mentor: 'large' })];

  it('gives what the file holds', () => {
    assert.deepEqual(parse({ models, pairs }), { models, pairs });
  });

  it('says which file is no JSON, and what to do', () => {
    assert.throws(
      () => parseCatalogue('{"models":', '/x/catalogue.json'),
      /catalogue \/x\/catalogue\.json can't be read: .*JSON[^]*Install MentorCollab again/,
    );
  });

  it('names the place of what is wrong', () => {
    const message = problemOf({ models: [models[0], { ...models[1], parameters: '8B' }], pairs });
    assert.match(message, /models\[1\]\.parameters/);
  });

  it('refuses a model without any file', () => {
    assert.match(problemOf({ models: [anyModel({ files: [] })], pairs: [] }), /models\[0\]\.files/);
  });

  it('refuses an id that is there twice', () => {
    assert.match(problemOf({ models: [...models, models[0]], pairs }), /"small" is there twice[^]*models\[2\]\.id/);
    assert.match(problemOf({ models, pairs: [...pairs, pairs[0]] }), /is there twice[^]*pairs\[1\]\.id/);
  });

  it('refuses a pair of a model that is not there', () => {
    const lone = [anyPair({ generator: 'small', mentor: 'huge' })];
    assert.match(problemOf({ models, pairs: lone }), /no model "huge"[^]*pairs\[0\]\.mentor/);
  });

  describe('takes files', () => {
    const withFiles = (...names: readonly string[]): unknown => ({
      models: [anyModel({ files: parts(...names) })],
      pairs: [],
    });

    it('that are one file, or all parts of one in order', () => {
      parse(withFiles('a.gguf'));
      parse(withFiles('q8/a-00001-of-00002.gguf', 'q8/a-00002-of-00002.gguf'));
    });

    const wrong = [
      ['a.gguf', 'b.gguf'],
      ['a-00001-of-00002.gguf'],
      ['a-00002-of-00002.gguf', 'a-00001-of-00002.gguf'],
      ['a-00001-of-00002.gguf', 'b-00002-of-00002.gguf'],
      ['a-00001-of-00003.gguf', 'a-00002-of-00003.gguf'],
    ];
    for (const names of wrong) {
      it(`but not ${names.join(', ')}`, () => {
        assert.match(problemOf(withFiles(...names)), /not those of all parts of one split file/);
      });
    }
  });
});

describe('findModel', () => {
  const catalogue = { models: [anyModel({ id: 'qwen3-8b' }), anyModel({ id: 'gemma-3-4b-it' })], pairs: [] };

  it('finds a model by its id', () => {
    assert.equal(findModel(catalogue, 'qwen3-8b').id, 'qwen3-8b');
  });

  it('suggests the nearest id for an unknown one', () => {
    assert.throws(
      () => findModel(catalogue, 'qwen-8b'),
      /no model "qwen-8b" in the catalogue\. Did you mean qwen3-8b\?/,
    );
  });

  it('points to the list when nothing is near', () => {
    assert.throws(() => findModel(catalogue, 'claire'), /See the list of models/);
  });
});
