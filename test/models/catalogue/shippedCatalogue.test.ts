import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '../../../src/models/catalogue/catalogue.ts';
import { readCatalogue } from '../../../src/models/catalogue/readCatalogue.ts';
import { DEMO_MODELS } from '../../../src/models/demoPair.ts';
import { hashFile } from '../../../src/models/hashFile.ts';

const MODELS_FOLDER = fileURLToPath(new URL('../../../media/models', import.meta.url));

describe('the catalogue that ships', () => {
  let catalogue: Catalogue = { models: [], pairs: [] };
  before(async () => {
    catalogue = await readCatalogue(MODELS_FOLDER);
  });

  it('has the demo pair as it ships, and no other model without a repository', async () => {
    const shipped = catalogue.models.filter(({ repository }) => repository === null);
    assert.deepEqual(
      shipped.map(({ id, files }) => [id, files.map(({ name }) => name)]),
      DEMO_MODELS.map(({ id, fileName }) => [id, [fileName]]),
    );
    for (const { files } of shipped) {
      for (const { name, bytes, sha256 } of files) {
        const path = join(MODELS_FOLDER, name);
        assert.deepEqual([bytes, sha256], [statSync(path).size, await hashFile(path)]);
      }
    }
  });
});

describe('readCatalogue', () => {
  it('says what to do where there is no catalogue', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-catalogue-'));
    try {
      await assert.rejects(readCatalogue(folder), { code: 'model-missing', message: /Install MentorCollab again/ });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
