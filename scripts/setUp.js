// What both README commands need first: a Node that is new enough, the packages, and dist/. Plain Node, since nothing
// is installed yet when it runs.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireCommand } from './command.js';

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(root, 'node_modules', '.mentorcollab-lock');
const LEAST_NODE = [20, 19];

/** Installs packages when the lock file changed and builds dist/ when a source is newer; does nothing otherwise. */
export async function setUp() {
  requireNode(process.versions.node);
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== lock) {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    await requireCommand(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root });
    writeFileSync(STAMP, lock);
  }
  if (
    isStale(
      join(root, 'dist', 'cli.mjs'),
      ['src', 'esbuild.js', 'package.json'].map((name) => join(root, name)),
    )
  ) {
    await requireCommand(process.execPath, ['esbuild.js'], { cwd: root });
  }
}

/** @param {string} version - such as `20.19.1`; throws with advice when it is too old. */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Error(
    `Node ${version} is too old: ${LEAST_NODE.join('.')} or newer is needed. Install it from nodejs.org or your system.`,
  );
}

/**
 * Whether a built file is missing or older than any of its sources.
 *
 * @param {string} built
 * @param {readonly string[]} sources - files, or folders that count with everything in them
 */
export function isStale(built, sources) {
  if (!existsSync(built)) return true;
  const builtMs = statSync(built).mtimeMs;
  return sources.some((source) => newestMs(source) > builtMs);
}

function newestMs(path) {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}
