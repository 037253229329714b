// @ts-check
// What both README commands need first: a Node that is new enough, the packages, and dist/. Plain Node, since nothing
// is installed yet when it runs. Its output goes to standard error, so that a command's own result stays clean.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireCommand, runNpm } from './command.js';

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(root, 'node_modules', '.mentorcollab-lock');
const LEAST_NODE = [20, 19];
const OUTPUT = { cwd: root, stdio: /** @type {const} */ (['ignore', 2, 2]) };
/**
 * As the lock file says, and without writing to it. Not `npm ci`: it refuses a lock file that lacks an optional package
 * of another platform, and not every version of the engine's binaries is published for every platform.
 */
const INSTALL = ['install', '--no-save', '--no-audit', '--no-fund'];
const BUILT = ['extension.cjs', 'engine.mjs', 'fitWorker.mjs', 'cli.mjs', 'panel.js'].map((name) =>
  join(root, 'dist', name),
);
const SOURCES = ['src', 'esbuild.js', 'package.json', 'package-lock.json'].map((name) => join(root, name));

/** Installs packages when the lock file changed and builds dist/ when a source is newer; does nothing otherwise. */
export async function setUp() {
  requireNode(process.versions.node);
  const lock = hashOf(join(root, 'package-lock.json'));
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== lock) {
    console.error('Installing packages ...');
    const code = await runNpm(INSTALL, { ...OUTPUT, stdio: [...OUTPUT.stdio] });
    if (code !== 0) throw new Error('npm install failed; its output is above. Is the package registry reachable?');
    writeFileSync(STAMP, lock);
  }
  await buildWhenStale();
}

/** Builds dist/ unless it is newer than everything it is made from. Needs the packages. */
export async function buildWhenStale() {
  if (!isStale(BUILT, SOURCES)) return;
  console.error('Building dist/ ...');
  await requireCommand(process.execPath, ['esbuild.js'], { ...OUTPUT, stdio: [...OUTPUT.stdio] });
}

/**
 * @param {string} version - such as `20.19.1`
 * @throws with advice when it is too old
 */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Error(
    `Node ${version} is too old: ${LEAST_NODE.join('.')} or newer is needed. Install it from nodejs.org or your system.`,
  );
}

/**
 * Whether any built file is missing or older than any of its sources.
 *
 * @param {readonly string[]} built
 * @param {readonly string[]} sources - files, or folders that count with everything in them
 */
export function isStale(built, sources) {
  if (!built.every((file) => existsSync(file))) return true;
  const oldestMs = Math.min(...built.map((file) => statSync(file).mtimeMs));
  return sources.some((source) => newestMs(source) > oldestMs);
}

/**
 * A folder's own time counts too: it tells of a file that was deleted.
 *
 * @param {string} path
 * @returns {number}
 */
function newestMs(path) {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/** @param {string} file */
function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
