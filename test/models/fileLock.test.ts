import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { FileLock, isLocked } from '../../src/models/fileLock.ts';
import { scratchFolder } from '../support/scratchFolder.ts';

const WHAT = 'This model is being downloaded already';

describe('a lock on files', () => {
  const folder = scratchFolder();
  const path = (): string => folder.file('some.lock');
  /** The id of a process that is no more. */
  const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid;
  const writeLock = (lock: object): void => {
    writeFileSync(path(), JSON.stringify(lock));
  };
  const silentForMinutes = (): void => {
    const before = new Date(Date.now() - 5 * 60_000);
    utimesSync(path(), before, before);
  };

  it('is held by one at a time, and leaves nothing behind', async () => {
    const lock = await FileLock.take(path(), WHAT);
    assert.equal(await isLocked(path()), true);
    await assert.rejects(FileLock.take(path(), WHAT), {
      code: 'bad-input',
      message: 'This model is being downloaded already. Wait for it, or stop it there first.',
    });
    await lock.release();
    assert.equal(await isLocked(path()), false);
    assert.deepEqual(readdirSync(dirname(path())), []);
  });

  it('is taken over from a process that is no more', async () => {
    writeLock({ holder: 'gone', pid: deadPid(), host: hostname() });
    const lock = await FileLock.take(path(), WHAT);
    assert.equal(await lock.isHeld(), true);
    await lock.release();
  });

  it('is taken over when its holder has not shown for minutes, wherever that is', async () => {
    for (const host of [hostname(), 'elsewhere']) {
      writeLock({ holder: 'silent', pid: process.pid, host });
      await assert.rejects(FileLock.take(path(), WHAT), { code: 'bad-input' });
      silentForMinutes();
      const lock = await FileLock.take(path(), WHAT);
      await lock.release();
    }
  });

  it('is not taken from another machine, whose processes can not be seen', async () => {
    writeLock({ holder: 'far', pid: deadPid(), host: 'elsewhere' });
    await assert.rejects(FileLock.take(path(), WHAT), /by another process \(\d+ on elsewhere\)/);
  });

  it('counts as held while its content is not there yet', async () => {
    writeFileSync(path(), '');
    await assert.rejects(FileLock.take(path(), WHAT), { code: 'bad-input' });
  });

  it('knows when another has taken it over, and does not release that one\u2019s', async () => {
    silentForMinutes();
    const lock = await FileLock.take(path(), WHAT);
    writeLock({ holder: 'other', pid: process.pid, host: hostname() });
    assert.equal(await lock.isHeld(), false);
    await lock.release();
    assert.equal(existsSync(path()), true);
  });

  it('goes to one of many that find it stale at the same moment', async () => {
    writeLock({ holder: 'gone', pid: deadPid(), host: hostname() });
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => FileLock.take(path(), WHAT)));
    const taken = tries.filter((each) => each.status === 'fulfilled').map(({ value }) => value);
    const held = await Promise.all(taken.map((lock) => lock.isHeld()));
    assert.equal(held.filter(Boolean).length, 1);
    await Promise.all(taken.map((lock) => lock.release()));
  });
});
