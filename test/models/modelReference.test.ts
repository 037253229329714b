import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MentorCollabError } from '../../src/core/errors.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import type { ModelSource } from '../../src/core/modelSource.ts';
import { describeSource } from '../../src/core/modelSource.ts';
import { resolveModelReference } from '../../src/models/modelReference.ts';

describe('resolveModelReference', () => {
  let folder = '';
  const source = (reference: string): ModelSource =>
    resolveModelReference(reference, {
      modelsFolder: join(folder, 'models'),
      baseFolder: folder,
      findModel: (id) =>
        ({ 'tiny-1b': { name: 'Tiny 1B', path: '/library/tiny.gguf' }, 'big-7b': { name: 'Big 7B', path: null } })[
          id
        ] ?? null,
      nearestId: (id) => (id.includes('tin') ? 'tiny-1b' : null),
      apiKeyFor: (url) => (url.startsWith('https://lab') ? 'key-of-the-lab' : null),
    });
  const resolve = (reference: string): string => describeSource(source(reference));
  const refuses = (reference: string, code: ErrorCode, message: RegExp): void => {
    assert.throws(
      () => resolve(reference),
      (error) => error instanceof MentorCollabError && error.code === code && message.test(error.message),
      reference,
    );
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'mentorcollab-models-'));
    mkdirSync(join(folder, 'models'));
    mkdirSync(join(folder, 'a folder'));
    writeFileSync(join(folder, 'models', 'demo-small.gguf'), '');
    writeFileSync(join(folder, 'a folder', 'own.gguf'), '');
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('finds a demo model by its id', () => {
    assert.equal(resolve('demo-small'), join(folder, 'models', 'demo-small.gguf'));
  });

  it('finds a file by its absolute path and from the base folder', () => {
    const path = join(folder, 'a folder', 'own.gguf');
    assert.equal(resolve(path), path);
    assert.equal(resolve(join('a folder', 'own.gguf')), path);
    assert.equal(resolve(join('models', '..', 'a folder', 'own.gguf')), path);
  });

  it('looks for ~ in the home folder', () => {
    const missing = join('~', 'no-such-folder-of-models', 'x.gguf');
    assert.throws(
      () => resolve(missing),
      (error) =>
        error instanceof MentorCollabError &&
        error.message.includes(join(homedir(), 'no-such-folder-of-models', 'x.gguf')),
    );
  });

  it('says what there is when nothing is found', () => {
    refuses('demo-smal', 'model-missing', /no model file at .*demo-smal\..*demo-small, demo-mentor/);
    refuses('a folder', 'model-missing', /is a folder/);
    refuses('demo-mentor', 'model-missing', /Install MentorCollab again/);
  });

  it('finds a model of the catalogue where it is installed, and says how to download one that is not', () => {
    assert.equal(resolve('tiny-1b'), '/library/tiny.gguf');
    refuses('big-7b', 'model-missing', /Big 7B is not downloaded yet.*models download big-7b/);
  });

  it('suggests the nearest id for what may have been meant as one', () => {
    refuses('tin-1b', 'model-missing', /no model file at .*tin-1b\. Did you mean tiny-1b\? Give the path/);
    refuses('other', 'model-missing', /no model file at .*other\. Give the path/);
    refuses('tin/tin-1b', 'model-missing', /no model file at .*tin-1b\. Give the path/);
    refuses('tin-1b.gguf', 'model-missing', /no model file at .*tin-1b\.gguf\. Give the path/);
  });

  it('takes a server by its URL and the name of a model there, with the key that is kept for it', () => {
    assert.deepEqual(source('http://localhost:8080/v1/#qwen3:8b'), {
      type: 'server',
      url: 'http://localhost:8080/v1',
      model: 'qwen3:8b',
      apiKey: null,
    });
    assert.deepEqual(source('https://lab:8000/v1#org/model%20one'), {
      type: 'server',
      url: 'https://lab:8000/v1',
      model: 'org/model one',
      apiKey: 'key-of-the-lab',
    });
  });

  it('refuses a server without a model, with a password in its address, or without a host', () => {
    refuses('http://localhost:8080/v1', 'bad-input', /no model on it.*v1#MODEL/);
    refuses('http://me:secret@localhost/v1#m', 'bad-input', /API key/i);
    assert.throws(
      () => source('http://me:secret@localhost/v1#m'),
      (error) => error instanceof MentorCollabError && !error.message.includes('secret'),
    );
    refuses('http://#m', 'bad-input', /not the address of a model server/);
  });

  it('refuses what is not on this machine', () => {
    for (const reference of ['hf:user/name/x.gguf', 'file:///x.gguf']) {
      refuses(reference, 'bad-input', /Download it first.*GGUF.*demo-small/);
    }
    refuses('', 'bad-input', /No model is named/);
    refuses('  ', 'bad-input', /No model is named/);
  });

  it('takes a drive letter for a path', () => {
    refuses('C:\\models\\x.gguf', 'model-missing', /no model file/);
  });
});
