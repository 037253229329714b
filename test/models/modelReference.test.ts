import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MentorCollabError } from '../../src/core/errors.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import { resolveModelReference } from '../../src/models/modelReference.ts';

describe('resolveModelReference', () => {
  let folder = '';
  const resolve = (reference: string): string =>
    resolveModelReference(reference, { modelsFolder: join(folder, 'models'), baseFolder: folder });
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

  it('refuses what is no file', () => {
    for (const reference of [
      'http://localhost:8080#name',
      'https://host/x.gguf',
      'hf:user/name/x.gguf',
      'file:///x.gguf',
    ]) {
      refuses(reference, 'bad-input', /only read from files.*GGUF.*demo-small/);
    }
    refuses('', 'bad-input', /No model is named/);
    refuses('  ', 'bad-input', /No model is named/);
  });

  it('takes a drive letter for a path', () => {
    refuses('C:\\models\\x.gguf', 'model-missing', /no model file/);
  });
});
