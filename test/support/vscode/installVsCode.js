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

/** The folder for the installation: `MENTORCOLLAB_TEST_CACHE`, or one in the user's cache. */
export function cacheFolder() {
  const base =
    process.env.MENTORCOLLAB_TEST_CACHE ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mentorcollab');
  return resolve(base, `vscode-${CODE_SERVER}`);
}

/**
 * Installs what is missing; a second call finds everything present. Safe to interrupt: each step leaves its mark when done.
 *
 * @returns {Promise<VsCodeInstallation>}
 */
export async function installVsCode() {
  const cache = cacheFolder();
  const nodeFolder = join(cache, 'node');
  const nodePackage = join(nodeFolder, 'node_modules', NODE_PACKAGE);
  const node = join(nodePackage, 'bin', 'node');
  const server = join(cache, 'server');
  const codeServer = join(server, 'node_modules', 'code-server');
  const vscode = join(codeServer, 'lib', 'vscode');
  const env = { ...npmEnvironment(), PATH: `${dirname(node)}:${process.env.PATH}`, npm_config_nodedir: nodePackage };
  const step = (name, work) => runStep(cache, name, work);

  requireCompiler();
  step('node', () => npmInstall(nodeFolder, [`${NODE_PACKAGE}@${NODE_MAJOR}`, 'node-gyp'], npmEnvironment()));
  step('server', () => npmInstall(server, [`code-server@${CODE_SERVER}`], env));
  step('workbench', () => run('npm', NPM_ARGUMENTS, vscode, env));
  step('extensions', () => run('npm', NPM_ARGUMENTS, join(vscode, 'extensions'), env));
  for (const name of COMPILED) {
    const gyp = join(nodeFolder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
    step(name.replace('/', '-'), () =>
      run(node, [gyp, 'rebuild', `--nodedir=${nodePackage}`], join(vscode, 'node_modules', name), env),
    );
  }
  step('tidied', () => tidy(vscode, server));
  const { version } = JSON.parse(readFileSync(join(vscode, 'package.json'), 'utf8'));
  return {
    node,
    entry: join(codeServer, 'out', 'node', 'entry.js'),
    chromium: findOrInstallChromium(),
    version,
    cache,
  };
}

function runStep(cache, name, work) {
  const done = join(cache, `.done-${name}`);
  if (existsSync(done)) return;
  console.log(`Setting up the test VS Code: ${name} ...`);
  work();
  writeFileSync(done, '');
}

function tidy(vscode, server) {
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

function npmInstall(folder, packages, env) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  run('npm', [...NPM_ARGUMENTS, ...packages], folder, env);
}

/** npm's own variables of the npm that may have started us would steer the npm we start. */
function npmEnvironment() {
  const kept = /^npm_config_(registry|cafile|userconfig|cache)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key) || kept.test(key)));
}

function run(file, args, cwd, env) {
  const result = spawnSync(file, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.status === 0) return;
  const output = [result.stdout, result.stderr, result.error?.message].filter(Boolean).join('\n');
  throw new Error(`${file} ${args.join(' ')} failed in ${cwd}:\n${output}`);
}

/** An available Chromium's path; on Debian as root it is installed when there is none. */
function findOrInstallChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Setting up the test VS Code: chromium ...');
    run('sh', ['-c', 'apt-get update && apt-get install -y --no-install-recommends chromium'], '/', process.env);
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'The tests click in a browser, and there is none: install Chromium (Debian: apt-get install chromium), or set CHROMIUM to its path.',
  );
}

function findChromium() {
  const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return [process.env.CHROMIUM, ...usual].find((path) => path !== undefined && path !== '' && existsSync(path));
}

function requireCompiler() {
  const missing = ['make', 'g++', 'python3'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run(
      'sh',
      ['-c', 'apt-get update && apt-get install -y --no-install-recommends build-essential python3'],
      '/',
      process.env,
    );
    return;
  }
  throw new Error(
    `The test VS Code needs ${missing.join(', ')} to build two small native parts: install them (Debian: apt-get install build-essential python3).`,
  );
}
