import assert from 'node:assert/strict';
import { environmentSecrets } from '../../src/diagnosis/environmentSecrets.ts';

describe('secrets of the environment', () => {
  it('are the values of variables named like one, and what stands before the @ of a URL', () => {
    const environment = {
      MENTORCOLLAB_API_KEY: 'first-key',
      HF_TOKEN: 'second-token',
      DB_PASSWORD: 'third password',
      https_proxy: 'http://mia:four@proxy.example.org:3128',
      UNSET_TOKEN: undefined,
    };
    assert.deepEqual(environmentSecrets(environment), ['first-key', 'second-token', 'third password', 'mia', 'four']);
  });

  it('are not paths, whatever the variable is called, and nothing of ordinary variables', () => {
    const environment = {
      SSH_AUTH: '/tmp/agent.1',
      GIT_KEY: 'C:\\keys\\id',
      PATH: '/usr/bin',
      KEYBOARD: 'us',
      PROXY_AUTH: 'true',
      TOKENIZERS: 'x',
      HOME_URL: 'https://example.org/a@b',
    };
    assert.deepEqual(environmentSecrets(environment), []);
  });
});
