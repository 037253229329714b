import assert from 'node:assert/strict';
import { isDownloadReference, parseDownloadReference } from '../../../src/models/download/downloadReference.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';

const unknown = (name: string): unknown => ({ name, bytes: null, sha256: null });

describe('a reference to something to download', () => {
  it('names a file of a hub, at its main branch unless another revision is given', () => {
    assert.deepEqual(parseDownloadReference(' hf:Owner/Some.Model-GGUF/some-model-q4_k_m.gguf '), {
      id: 'Owner--Some.Model-GGUF--some-model-q4_k_m',
      source: { type: 'hub', repository: 'Owner/Some.Model-GGUF', revision: 'main' },
      files: [unknown('some-model-q4_k_m.gguf')],
    });
    const { source, files } = parseDownloadReference('hf:owner/model@v1.0/quants/model.gguf');
    assert.deepEqual(source, { type: 'hub', repository: 'owner/model', revision: 'v1.0' });
    assert.deepEqual(files, [unknown('quants/model.gguf')]);
  });

  it('brings all parts of a split model, whichever is named', () => {
    const { id, files } = parseDownloadReference('hf:owner/model/big/big-00002-of-00003.gguf');
    assert.equal(id, 'owner--model--big');
    assert.deepEqual(
      files.map(({ name }) => name),
      ['big/big-00001-of-00003.gguf', 'big/big-00002-of-00003.gguf', 'big/big-00003-of-00003.gguf'],
    );
  });

  it('may be the address of a file on the public hub, its page or the file itself', () => {
    const expected = parseDownloadReference('hf:owner/model/my model.gguf');
    for (const address of [
      'https://huggingface.co/owner/model/blob/main/my%20model.gguf',
      'https://hf.co/owner/model/resolve/main/my%20model.gguf?download=true',
    ]) {
      assert.deepEqual(parseDownloadReference(address), expected);
    }
  });

  it('may be any other address, with what signs it but without its fragment', () => {
    assert.deepEqual(parseDownloadReference('https://models.example/dir/tiny.gguf?signature=1#top'), {
      id: 'models.example--tiny',
      source: { type: 'url', url: 'https://models.example/dir/tiny.gguf?signature=1' },
      files: [unknown('tiny.gguf')],
    });
    assert.deepEqual(parseDownloadReference('http://127.0.0.1:8000/').files, [unknown('model.gguf')]);
  });

  it('is refused where it names no file, leads elsewhere, or holds a password', () => {
    for (const [reference, message] of [
      ['hf:owner/model', /as hf:OWNER/],
      ['hf:owner/model/readme.md', /as hf:OWNER/],
      ['hf:owner/../model.gguf', /as hf:OWNER/],
      ['hf:owner/model/../../x.gguf', /as hf:OWNER/],
      ['https://huggingface.co/owner/model', /as hf:OWNER/],
      ['https://models.example/big-00001-of-00002.gguf', /one of 2 parts/],
      ['https://me:secret@models.example/tiny.gguf', /models\.example holds a user name/],
      ['ftp://models.example/tiny.gguf', /nothing that can be downloaded/],
      ['tiny', /nothing that can be downloaded/],
    ] as const) {
      assert.throws(
        () => parseDownloadReference(reference),
        (thrown) =>
          thrown instanceof MentorCollabError &&
          thrown.code === 'bad-input' &&
          message.test(thrown.message) &&
          !thrown.message.includes('secret'),
        reference,
      );
    }
  });

  it('is told from ids and paths', () => {
    for (const text of ['hf:owner/model/x.gguf', 'https://a/b.gguf', 'HTTP://a']) assert.ok(isDownloadReference(text));
    for (const text of ['qwen3-8b', './x.gguf', 'C:\\x.gguf']) assert.ok(!isDownloadReference(text));
  });
});
