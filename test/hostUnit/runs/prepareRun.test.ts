import { fileSource } from '../../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { prepareRun } from '../../../src/host/runs/prepareRun.ts';

const DEMO_QUESTION = 'Mia has 34 shells. She buys 5 more. How many shells does Mia have now?';

function prepare(question: string, values: Readonly<Record<string, unknown>> = {}, missing: readonly string[] = []) {
  return prepareRun(
    'run-1',
    { question, origin: null },
    {
      readSetting: (name) => values[name],
      mayLoad: () => true,
      resolveModel: (reference) => {
        if (missing.includes(reference)) throw new MentorCollabError('model-missing', 'There is no file.');
        return fileSource(`/models/${reference}`);
      },
    },
  );
}

describe('prepareRun', () => {
  it('makes a complete request of the question and the settings of the moment', () => {
    const prepared = prepare(DEMO_QUESTION, { generator: 'demo-small', mentor: 'demo-mentor', seed: 9, threads: 3 });
    assert.ok('request' in prepared);
    const { request } = prepared;
    assert.equal(request.runId, 'run-1');
    assert.deepEqual(request.prompt, { form: 'chat', question: DEMO_QUESTION });
    assert.deepEqual(request.generator, fileSource('/models/demo-small'));
    assert.deepEqual(request.mentor, fileSource('/models/demo-mentor'));
    assert.equal(request.verifier, null);
    assert.equal(request.settings.seed, 9);
    assert.deepEqual(request.options, { threads: 3, contextSize: null, gpu: 'auto' });
  });

  it('names the pair for people by id or file name', () => {
    const { facts } = prepare(DEMO_QUESTION, { generator: '/a/b/tiny.gguf', mentor: 'C:\\m\\big.gguf', preset: 'p' });
    assert.deepEqual([facts.generatorName, facts.mentorName, facts.preset], ['tiny.gguf', 'big.gguf', 'p']);
  });

  it('keeps question and names when a setting is wrong, and says which', () => {
    const prepared = prepare(DEMO_QUESTION, { generator: 'demo-small', seed: 'x' });
    assert.ok('error' in prepared);
    assert.equal(prepared.error.code, 'bad-input');
    assert.match(prepared.error.message, /^mentorcollab\.seed is "x"/);
    assert.equal(prepared.facts.question, DEMO_QUESTION);
    assert.deepEqual([prepared.facts.generatorName, prepared.facts.mentorName], ['demo-small', 'not set']);
  });

  it('tells of which setting a model file is missing', () => {
    const prepared = prepare(DEMO_QUESTION, { mentor: '/gone.gguf' }, ['/gone.gguf']);
    assert.ok('error' in prepared);
    assert.equal(prepared.error.code, 'model-missing');
    assert.equal(prepared.error.message, 'mentorcollab.mentor: There is no file.');
  });

  it('remarks that the demo pair does not know a question of another kind', () => {
    assert.match(
      prepare('Why is the sky blue?').facts.notice?.message ?? '',
      /demo pair .* three kinds .* real models/,
    );
    assert.equal(prepare(DEMO_QUESTION).facts.notice, null);
  });

  it('remarks it of one demo model in the pair as well, and never of a real pair', () => {
    const real = { generator: '/a.gguf', mentor: '/b.gguf' };
    assert.match(
      prepare('Why?', { ...real, mentor: 'demo-mentor' }).facts.notice?.message ?? '',
      /The demo model of this pair/,
    );
    assert.equal(prepare('Why?', real).facts.notice, null);
  });
});
