import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles every suite under test/host for the extension host, which loads CommonJS.
 *
 * @returns the file whose `run()` VS Code calls
 */
export async function buildHostTests(root: string): Promise<string> {
  const outdir = join(root, '.test-build', 'host');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/host/**/*.test.ts', 'test/support/vscode/runInHost.ts'],
    outbase: 'test',
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'support', 'vscode', 'runInHost.cjs');
}
