// @ts-check
// Puts a real VS Code, a Node for it and a browser on this machine from npm and the system's packages alone. Plain Node.
// The npm package code-server holds an unchanged VS Code workbench and server; its native parts are compiled here.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CHROMIUM, requireChromium } from './chromium.js';
import { exclusively } from './exclusively.js';
import { canRun, requirePrograms } from './requirePrograms.js';

const CODE_SERVER = '4.139.1';
/** The Node that this code-server wants; its platform package brings its headers, so nothing else is downloaded. */
const NODE_MAJOR = '24';
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;
const NPM_ARGUMENTS = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev'];
/** Everything else native comes prebuilt in its package. */
const COMPILED = ['@vscode/native-watchdog', '@vscode/spdlog'];

/**
 * @typedef {object} VsCodeInstallation
 * @property {string} node - the Node that runs the server
 * @property {string} entry - the server's entry script
 * @property {string} chromium - a Chromium or Chrome
 * @property {string} version - VS Code's version
 * @property {string} cache - the folder it is in
 */

/** @typedef {{name: string, work: () => void}} Step */

/** The folder for the installation: in `MENTORCOLLAB_TEST_CACHE`, or in the user's cache; never in the checkout. */
export function cacheFolder() {
  const userCache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const base = process.env['MENTORCOLLAB_TEST_CACHE'] || join(userCache, 'mentorcollab');
  return resolve(base, `vscode-${CODE_SERVER}`);
}

/**
 * Installs what is missing; a second call finds everything present. Each step leaves its mark when done, so an interrupted
 * installation goes on where it was; of two at the same time, one waits for the other.
 *
 * @returns {Promise<VsCodeInstallation>}
 */
export async function installVsCode() {
  if (process.platform === 'win32') {
    throw new Error(
      'The test VS Code runs on Linux and macOS. On Windows run the host suites with: npm run test:electron',
    );
  }
  const places = installationPlaces();
  const steps = installationSteps(places);
  const isDone = (/** @type {Step} */ step) => existsSync(markOf(places.cache, step));
  if (!steps.every(isDone) || !CHROMIUM.isThere()) {
    await exclusively(join(places.cache, '.installing'), () => {
      requirePrograms(requiredPrograms());
      for (const step of steps) {
        if (isDone(step)) continue;
        console.error(`Setting up the test VS Code (once, 820 MB in ${places.cache}): ${step.name} ...`);
        step.work();
        writeFileSync(markOf(places.cache, step), '');
      }
    });
  }
  return describeInstallation(places);
}

/** @typedef {ReturnType<typeof installationPlaces>} Places */
function installationPlaces() {
  const cache = cacheFolder();
  const node = join(cache, 'node');
  const nodePackage = join(node, 'node_modules', NODE_PACKAGE);
  const server = join(cache, 'server');
  const codeServer = join(server, 'node_modules', 'code-server');
  return { cache, node, nodePackage, server, codeServer, vscode: join(codeServer, 'lib', 'vscode') };
}

/** @returns {readonly Step[]} */
function installationSteps(/** @type {Places} */ { node, nodePackage, server, vscode }) {
  const nodeProgram = join(nodePackage, 'bin', 'node');
  const ours = npmEnvironment();
  const env = { ...ours, PATH: `${dirname(nodeProgram)}:${process.env['PATH']}`, npm_config_nodedir: nodePackage };
  const gyp = join(node, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const compile = (/** @type {string} */ name) =>
    run(nodeProgram, [gyp, 'rebuild', `--nodedir=${nodePackage}`], join(vscode, 'node_modules', name), env);
  return [
    { name: 'node', work: () => npmInstall(node, [`${NODE_PACKAGE}@${NODE_MAJOR}`, 'node-gyp'], ours) },
    { name: 'server', work: () => npmInstall(server, [`code-server@${CODE_SERVER}`], env) },
    { name: 'workbench', work: () => npmInstall(vscode, [], env) },
    { name: 'extensions', work: () => npmInstall(join(vscode, 'extensions'), [], env) },
    ...COMPILED.map((name) => ({ name: name.replace('/', '-'), work: () => compile(name) })),
    { name: 'tidied', work: () => tidy(vscode, server) },
  ];
}

function markOf(/** @type {string} */ cache, /** @type {Step} */ { name }) {
  return join(cache, `.done-${name}`);
}

/** @returns {VsCodeInstallation} */
function describeInstallation(/** @type {Places} */ { cache, nodePackage, codeServer, vscode }) {
  /** @type {{version: string}} */
  const { version } = JSON.parse(readFileSync(join(vscode, 'package.json'), 'utf8'));
  return {
    node: join(nodePackage, 'bin', 'node'),
    entry: join(codeServer, 'out', 'node', 'entry.js'),
    chromium: requireChromium(),
    version,
    cache,
  };
}

function requiredPrograms() {
  const compilers = ['make', 'g++', 'python3'].map((what) => ({
    what,
    debianPackage: what === 'python3' ? 'python3' : 'build-essential',
    isThere: () => canRun(what),
  }));
  return [...compilers, CHROMIUM];
}

function tidy(/** @type {string} */ vscode, /** @type {string} */ server) {
  const link = join(vscode, 'node_modules.asar');
  if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync('node_modules', link);
  // The built-in Copilot extension is 20 MB of script that signs in to a server: out of the way, not loaded.
  const copilot = join(vscode, 'extensions', 'copilot');
  const aside = join(server, 'extensions-off', 'copilot');
  if (!existsSync(copilot)) return;
  mkdirSync(dirname(aside), { recursive: true });
  rmSync(aside, { recursive: true, force: true });
  renameSync(copilot, aside);
}

/**
 * Installs packages into a folder, or what its own package.json asks for when none are named.
 *
 * @param {string} folder
 * @param {readonly string[]} packages
 * @param {NodeJS.ProcessEnv} env
 */
function npmInstall(folder, packages, env) {
  // npm takes a package that an interrupted run left half unpacked for a whole one.
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (packages.length > 0) writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  run('npm', [...NPM_ARGUMENTS, ...packages], folder, env);
}

/** Variables of the npm that may have started us would steer the npm we start. */
function npmEnvironment() {
  const kept = /^npm_config_(registry|cafile|userconfig|cache)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key) || kept.test(key)));
}

/**
 * @param {string} file
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 */
function run(file, args, cwd, env) {
  const result = spawnSync(file, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.status === 0) return;
  const output = [result.stdout, result.stderr, result.error?.message].filter(Boolean).join('\n');
  throw new Error(`${file} ${args.join(' ')} failed in ${cwd}:\n${output}`);
}
