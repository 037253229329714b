import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStale, requireNode } from '../../scripts/setUp.js';

describe('requireNode', () => {
  it('refuses a Node that is too old and says which is needed', () => {
    for (const version of ['20.18.3', '18.20.0']) {
      assert.throws(
        () => {
          requireNode(version);
        },
        new RegExp(`${version} is too old: 20\\.19`),
      );
    }
  });

  it('takes the least one and newer ones', () => {
    for (const version of ['20.19.0', '20.20.2', '24.1.0']) requireNode(version);
  });
});

describe('isStale', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  const write = (name: string, seconds: number): void => {
    writeFileSync(at(name), '');
    utimesSync(at(name), seconds, seconds);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stale-'));
    mkdirSync(at('src'));
    write('src/a', 1_000);
    utimesSync(at('src'), 1_000, 1_000);
    write('one', 2_000);
    write('two', 3_000);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const isStaleNow = (): boolean => isStale([at('one'), at('two')], [at('src')]);

  it('is false while everything built is newer than every source', () => {
    assert.equal(isStaleNow(), false);
  });

  it('is true when one of the built files is missing', () => {
    rmSync(at('two'));
    assert.equal(isStaleNow(), true);
  });

  it('is true when a source is newer than the oldest built file', () => {
    write('src/a', 2_500);
    assert.equal(isStaleNow(), true);
  });

  it('is true when a source was deleted since', () => {
    rmSync(at('src/a'));
    assert.equal(isStaleNow(), true);
  });
});
