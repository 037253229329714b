import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { catalogueSchema } from '../../../src/models/catalogue/catalogueSchema.ts';

const SCHEMA = new URL('../../../schemas/catalogue.schema.json', import.meta.url);
const SHIPPED = new URL('../../../media/models/catalogue.json', import.meta.url);

async function generated(): Promise<string> {
  const schema = {
    title: 'MentorCollab model catalogue',
    description: 'Models that can be had, each one quantization from one hub repository, and pairs worth trying.',
    ...z.toJSONSchema(catalogueSchema, { io: 'input' }),
  };
  return format(JSON.stringify(schema), { ...(await resolveConfig(SCHEMA)), parser: 'json' });
}

describe('the published schema of the model catalogue', () => {
  it('is what the parser accepts (UPDATE=1 rewrites the file)', async () => {
    const wanted = await generated();
    if (process.env['UPDATE'] === '1') writeFileSync(SCHEMA, wanted);
    assert.equal(readFileSync(SCHEMA, 'utf8'), wanted);
  });

  describe('as a JSON Schema', () => {
    const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
    );
    // What it holds is what the first of these tests checks.
    const shipped = JSON.parse(readFileSync(SHIPPED, 'utf8')) as {
      readonly models: readonly Readonly<Record<string, unknown>>[];
      readonly pairs: readonly Readonly<Record<string, unknown>>[];
    };
    const withFirstModel = (change: Readonly<Record<string, unknown>>): unknown => ({
      ...shipped,
      models: [{ ...shipped.models[0], ...change }],
    });

    it('accepts the catalogue that ships', () => {
      assert.ok(validate(shipped), JSON.stringify(validate.errors));
    });

    const wrong: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      'a misspelt field': { licens: 'MIT' },
      'an id with capitals': { id: 'Qwen3' },
      'an invented size': { files: [{ name: 'a.gguf', bytes: -1, sha256: null }] },
      'a short hash': { files: [{ name: 'a.gguf', bytes: null, sha256: 'abc' }] },
      'a file outside its folder': { files: [{ name: '../a.gguf', bytes: null, sha256: null }] },
      'a file with a hidden name': { files: [{ name: 'a/.gguf', bytes: null, sha256: null }] },
      'a repository without an owner': { repository: 'Qwen3-8B-GGUF' },
      'an unknown role': { roles: ['critic'] },
    };
    for (const [what, change] of Object.entries(wrong)) {
      it(`refuses ${what}`, () => {
        assert.ok(validate(withFirstModel({})));
        assert.equal(validate(withFirstModel(change)), false);
        assert.equal(catalogueSchema.safeParse(withFirstModel(change)).success, false);
      });
    }

    it('refuses a pair for a memory size that is not among the agreed ones', () => {
      assert.equal(validate({ ...shipped, pairs: [{ ...shipped.pairs[0], memoryGiB: 12 }] }), false);
    });
  });
});
