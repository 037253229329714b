import assert from 'node:assert/strict';
import { hubAccess } from '../../../src/models/download/hub/hubAccess.ts';

describe('the hub that is asked', () => {
  const access = (
    chosen: { readonly endpoint?: string; readonly token?: string },
    environment: Readonly<NodeJS.ProcessEnv> = {},
  ): ReturnType<typeof hubAccess> =>
    hubAccess({ endpoint: chosen.endpoint ?? null, token: chosen.token ?? null, tokenAdvice: '', environment });

  it('is the one that was set, else the environment\u2019s, else the public one; the token likewise', () => {
    const environment = { HF_ENDPOINT: 'https://mirror.example/hub/', HF_TOKEN: ' hf_of-environment ' };
    assert.deepEqual(access({}), { endpoint: 'https://huggingface.co', token: null, tokenAdvice: '' });
    assert.deepEqual(access({}, environment), {
      endpoint: 'https://mirror.example/hub',
      token: 'hf_of-environment',
      tokenAdvice: '',
    });
    const { endpoint, token } = access({ endpoint: 'https://other.example', token: 'hf_set' }, environment);
    assert.deepEqual([endpoint, token], ['https://other.example', 'hf_set']);
    assert.equal(access({ endpoint: ' ', token: '' }, environment).endpoint, 'https://mirror.example/hub');
  });

  it('is refused where it is no address or holds a password, which is not repeated', () => {
    for (const endpoint of ['mirror', 'ftp://mirror.example', 'https://me:secret@mirror.example']) {
      assert.throws(
        () => access({ endpoint }),
        (error) =>
          error instanceof Error && error.message.includes('is not understood') && !error.message.includes('secret'),
      );
    }
  });

  it('gets a token over an encrypted connection only, unless it is on this machine', () => {
    assert.throws(() => access({ endpoint: 'http://mirror.example', token: 'hf_secret' }), { code: 'bad-input' });
    assert.equal(access({ endpoint: 'http://mirror.example' }).token, null);
    for (const endpoint of ['http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:1']) {
      assert.equal(access({ endpoint, token: 'hf_secret' }).token, 'hf_secret');
    }
  });
});
