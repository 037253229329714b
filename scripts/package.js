// `npm run package`: makes a VSIX for this platform, mentorcollab-<platform>-<version>.vsix, with the engine inside.
// node-llama-cpp and what it needs at run time go beside the engine bundle (dist/node_modules), stripped of sources,
// maps and typings; everything else is in the bundles already.
// `npm run package -- --web`: makes the one for a VS Code that runs in a browser alone; it only shows runs.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedManifest } from './packaging/shippedManifest.js';
import { productionPackages } from './packaging/productionPackages.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const staging = join(root, '.package');
const ENGINE = 'node-llama-cpp';
/** What a running engine never opens: compiler inputs, the bundled git history of llama.cpp, typings, maps, docs. */
const LEFT_OUT =
  /\/(llama\/(gitRelease\.bundle|addon|cmake|toolchains|patches|profiles|xpack)|templates|test|tests|docs)(\/|$)|\.(map|d\.ts|d\.mts|d\.cts|ts|md|markdown|tsbuildinfo)$/i;

/** What the viewer for browsers needs of dist/ and media/. */
const VIEWER = /^(dist\/(web\/.*|panel\..*)|media\/(icon|activityBar)\..*)$/;

const isForBrowsers = process.argv.includes('--web');
const platform = isForBrowsers ? 'web' : `${process.platform}-${process.arch}`;
/** The library's own name of a plain CPU binary for this platform. */
const binaryPackage = `node_modules/@node-llama-cpp/${{ win32: 'win', darwin: 'mac' }[process.platform] ?? process.platform}-${
  process.platform === 'darwin' && process.arch === 'arm64' ? 'arm64-metal' : process.arch
}`;

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));

if (!isForBrowsers) {
  await requireFolder(
    binaryPackage,
    `There is no llama.cpp binary for ${platform} in node_modules. Run npm install on this platform first.`,
  );
}
execFileSync(process.execPath, ['esbuild.js'], { cwd: root, stdio: 'inherit' });
await rm(staging, { recursive: true, force: true });
await mkdir(staging, { recursive: true });
for (const name of ['dist', 'media', 'docs', 'schemas', 'examples', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
  await cp(join(root, name), join(staging, name), { recursive: true, filter: isShipped });
}
for (const folder of isForBrowsers ? [] : [...productionPackages(lock.packages, ENGINE), binaryPackage]) {
  await copyPackage(folder, join(staging, 'dist', folder));
}
await writeFile(join(staging, 'package.json'), JSON.stringify(shippedManifest(manifest, { isForBrowsers }), null, 2));

const file = join(root, `${manifest.name}-${platform}-${manifest.version}.vsix`);
const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
const args = [
  'package',
  '--target',
  platform,
  '--no-dependencies',
  '--allow-missing-repository',
  '--skip-license',
  '--no-rewrite-relative-links',
  '--out',
  file,
];
execFileSync(process.execPath, [vsce, ...args], { cwd: staging, stdio: ['ignore', 'inherit', 'inherit'] });
await rm(staging, { recursive: true, force: true });
console.log(
  `${basename(file)}: ${await sizeOf(file)}, the viewer for browsers in it: ${await sizeOf(join(root, 'dist/web/extension.js'))}`,
);

async function sizeOf(path) {
  return `${((await stat(path)).size / 2 ** 20).toFixed(1)} MiB`;
}

/** Whether a file or folder of the checkout goes into the package. */
async function isShipped(from) {
  if (from.endsWith('.map')) return false;
  const path = relative(root, from).replaceAll('\\', '/');
  if (!isForBrowsers || !/^(dist|media)\//.test(path) || (await stat(from)).isDirectory()) return true;
  return VIEWER.test(path);
}

/** Copies one package without the packages inside it, which come by themselves where they are needed. */
async function copyPackage(folder, to) {
  const from = join(root, folder);
  await cp(from, to, {
    recursive: true,
    filter: (path) => {
      const inside = `/${relative(from, path).replaceAll('\\', '/')}`;
      return !inside.startsWith('/node_modules') && !LEFT_OUT.test(inside);
    },
  });
}

async function requireFolder(folder, message) {
  try {
    await stat(join(root, folder));
  } catch (error) {
    throw new Error(message, { cause: error });
  }
}
