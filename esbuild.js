// Builds dist/: the extension (CJS) and its viewer for browsers (CJS), the engine process and the CLI (ESM), the pages (IIFE
// and their CSS).
// `node esbuild.js [--watch]`
import { build, context } from 'esbuild';
import { chmod, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const shared = {
  bundle: true,
  sourcemap: true,
  legalComments: 'linked',
  logLevel: 'warning',
  define: { MENTORCOLLAB_VERSION: JSON.stringify(version) },
};

/** ESM output of bundled CommonJS packages may call require; Node has none in a module. */
const requireBanner = {
  js: "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);",
};

const node = { ...shared, platform: 'node', target: 'node20' };
/** Holds native code and finds its files beside itself, so it is never bundled. */
const native = { ...node, format: 'esm', external: ['node-llama-cpp'], banner: requireBanner };

const bundles = [
  {
    ...node,
    format: 'cjs',
    external: ['vscode'],
    // VS Code logs an error when an extension looks at Node's own `navigator`, as zod does to find out where it runs.
    define: { ...shared.define, navigator: 'undefined' },
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.cjs',
  },
  {
    // For a browser, so that anything of Node's in it breaks the build.
    ...shared,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    minify: true,
    external: ['vscode'],
    entryPoints: ['src/webExtension.ts'],
    outfile: 'dist/web/extension.js',
  },
  {
    // The thread in which the editor fits a verifier, so that the extension host goes on.
    ...node,
    format: 'esm',
    entryPoints: ['src/verifier/training/fitWorker.ts'],
    outfile: 'dist/fitWorker.mjs',
  },
  { ...native, entryPoints: ['src/engine/main.ts'], outfile: 'dist/engine.mjs' },
  {
    ...native,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.mjs',
    banner: { js: `#!/usr/bin/env node\n${requireBanner.js}` },
  },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    entryPoints: { panel: 'src/webview/main.tsx', compare: 'src/webview/compare/main.tsx' },
    outdir: 'dist',
  },
];

if (process.argv.includes('--watch')) {
  for (const options of bundles) await (await context({ ...options, logLevel: 'info' })).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  await Promise.all(bundles.map((options) => build(options)));
  await chmod('dist/cli.mjs', 0o755);
}
