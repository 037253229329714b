import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../support/vscode/chromium.js';
import { exclusively } from '../support/vscode/exclusively.js';
import { requirePrograms } from '../support/vscode/requirePrograms.js';

describe('exclusively', () => {
  let folder = '';
  let lock = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    lock = join(folder, 'deep', 'lock');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives what the work gave, and unlocks', async () => {
    assert.equal(await exclusively(lock, () => (existsSync(lock) ? 'locked' : 'open')), 'locked');
    assert.equal(existsSync(lock), false);
  });

  it('unlocks when the work fails', async () => {
    await assert.rejects(
      exclusively(lock, () => {
        throw new Error('no network');
      }),
      /no network/,
    );
    assert.equal(existsSync(lock), false);
  });

  it('lets nobody in while another is at it', async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const first = exclusively(lock, async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      order.push('first');
    });
    const second = exclusively(lock, () => {
      order.push('second');
    });
    release();
    await Promise.all([first, second]);
    assert.deepEqual(order, ['first', 'second']);
  });

  it('takes over from an owner that died', async () => {
    await exclusively(lock, () => undefined);
    writeFileSync(lock, String(spawnSync(process.execPath, ['-e', '']).pid));
    assert.equal(await exclusively(lock, () => 'done'), 'done');
  });
});

describe('requirePrograms', () => {
  const program = (what: string, isThere: boolean) => ({
    what,
    debianPackage: `${what}-package`,
    isThere: () => isThere,
  });

  it('is content when all are there', () => {
    requirePrograms([program('make', true)], false);
  });

  it('names all that is missing, and how to get it', () => {
    const programs = [program('make', false), program('g++', true), program('python3', false)];
    assert.throws(() => {
      requirePrograms(programs, false);
    }, /make, python3.*apt-get install make-package python3-package/);
  });
});

describe('findChromium', () => {
  it('takes the file that is named, and refuses one that does not exist', () => {
    assert.equal(findChromium(process.execPath), process.execPath);
    assert.throws(() => findChromium('/no/such/chromium'), /CHROMIUM names \/no\/such\/chromium/);
  });
});
