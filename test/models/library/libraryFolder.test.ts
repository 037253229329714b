import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { libraryFolder } from '../../../src/models/library/libraryFolder.ts';

describe('the folder of the library', () => {
  it('is the one that was set, else the environment\u2019s, else one in the home folder', () => {
    assert.equal(libraryFolder('/models', { MENTORCOLLAB_MODELS: '/others' }), '/models');
    assert.equal(libraryFolder(' ', { MENTORCOLLAB_MODELS: '/others' }), '/others');
    assert.equal(libraryFolder(null, { MENTORCOLLAB_MODELS: '' }), join(homedir(), '.mentorcollab', 'models'));
    assert.equal(libraryFolder('~/models', {}), join(homedir(), 'models'));
  });
});
