import assert from 'node:assert/strict';
import { benchmarkFolderName } from '../../../src/host/benchmark/benchmarkFolderName.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 600);

describe('the name of a benchmark’s folder', () => {
  it('tells when it was begun and of what', () => {
    assert.equal(
      benchmarkFolderName(AT, 'demo:math', () => false),
      '20260102T030405-demo-math',
    );
    assert.equal(
      benchmarkFolderName(AT, 'My Data (v2).jsonl', () => false),
      '20260102T030405-my-data-v2',
    );
  });

  it('has no character that a folder’s name can’t have, and is never long', () => {
    assert.equal(
      benchmarkFolderName(AT, '../..', () => false),
      '20260102T030405',
    );
    assert.ok(benchmarkFolderName(AT, 'ü'.repeat(500), () => false).length < 60);
  });

  it('is never that of another', () => {
    const taken = ['20260102T030405-demo', '20260102T030405-demo-2'];
    assert.equal(
      benchmarkFolderName(AT, 'demo', (name) => taken.includes(name)),
      '20260102T030405-demo-3',
    );
  });
});
