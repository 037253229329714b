import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Names of the files in a zip archive, from its central directory. */
function filesIn(zip: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const length = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + 46, at + 46 + length));
  }
  return names;
}

describe('the package for browsers', function () {
  this.timeout(120_000);

  it('has the viewer, its page and the schema of a trace, and nothing that needs Node or holds a model', () => {
    execFileSync(process.execPath, ['scripts/package.js', '--web'], { cwd: root, stdio: 'inherit' });
    const [file = '', ...more] = readdirSync(root).filter((name) => /-web-.*\.vsix$/.test(name));
    assert.deepEqual(more, []);
    const names = filesIn(readFileSync(join(root, file))).filter((name) => name.startsWith('extension/'));
    for (const name of [
      'package.json',
      'dist/web/extension.js',
      'dist/panel.js',
      'dist/panel.css',
      'media/icon.svg',
      'media/activityBar.svg',
    ]) {
      assert.ok(names.includes(`extension/${name}`), name);
    }
    assert.ok(names.includes('extension/schemas/mctrace.schema.json'));
    const foreign = names.filter((name) => /\.(node|so|dll|dylib|gguf|cjs|mjs|map)$|node_modules/.test(name));
    assert.deepEqual(foreign, []);
  });
});
