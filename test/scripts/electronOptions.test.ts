import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseElectronOptions } from '../electron/electronOptions.ts';

describe('parseElectronOptions', () => {
  it('downloads a VS Code when none is named', () => {
    assert.deepEqual(parseElectronOptions([], {}), { vscode: null, grep: null });
    assert.deepEqual(parseElectronOptions([], { VSCODE_PATH: '' }), { vscode: null, grep: null });
  });

  it('takes the program that the command line names, or else the environment', () => {
    const [here, node] = [import.meta.filename, process.execPath];
    assert.equal(parseElectronOptions([], { VSCODE_PATH: here }).vscode, here);
    const both = parseElectronOptions(['--vscode', node, '--grep', 'stops'], { VSCODE_PATH: here });
    assert.deepEqual(both, { vscode: node, grep: 'stops' });
  });

  it('refuses a path that is no program', () => {
    assert.throws(() => parseElectronOptions(['--vscode', '/no/such/code'], {}), /\/no\/such\/code is no file/);
    assert.throws(() => parseElectronOptions(['--vscode', tmpdir()], {}), /is no file/);
    assert.throws(() => parseElectronOptions(['--path', 'code'], {}), /--path/);
  });

  it('refuses the shell script beside the program, which would return before the tests', () => {
    const folder = mkdtempSync(join(tmpdir(), 'code-'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'code'), '#!/bin/sh\n');
    try {
      assert.throws(() => parseElectronOptions(['--vscode', join(folder, 'bin', 'code')], {}), /the program itself/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
