import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiskFile } from '../../../src/host/traceFile/diskFile.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

describe('DiskFile', () => {
  const folder = useTemporaryFolder();

  it('reads only the bytes that are wanted, of the file as it is when it is opened', async () => {
    const path = join(folder(), 'some');
    writeFileSync(path, 'abcdef');
    const file = new DiskFile(path);
    const before = (await file.open()) ?? assert.fail('no file');
    assert.equal(before.sizeBytes, 6);
    assert.equal(Buffer.from(await before.read(2, 4)).toString(), 'cd');
    assert.equal(Buffer.from(await before.read(4, 100)).toString(), 'ef');
    await before.close();
    appendFileSync(path, 'ghi');
    const after = (await file.open()) ?? assert.fail('no file');
    assert.equal(after.sizeBytes, 9);
    assert.ok(after.changedAtMs >= before.changedAtMs);
    await after.close();
  });

  it('is nothing where there is no file, and fails over what is no file', async () => {
    assert.equal(await new DiskFile(join(folder(), 'none')).open(), null);
    mkdirSync(join(folder(), 'a folder'));
    await assert.rejects(new DiskFile(join(folder(), 'a folder')).open(), /no regular file/);
  });
});
