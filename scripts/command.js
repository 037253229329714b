// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {import('node:child_process').StdioOptions} [stdio] - default: no input, this process's output
 * @property {number} [limitMs] - the command is ended when it runs longer; default: no limit
 * @property {boolean} [shell]
 */

/** Long enough for a command to end what it started, before it is killed. */
const GRACE_MS = 15_000;

/**
 * Runs a command to its end. When this process is asked to end meanwhile, the command ends first, and then this process.
 *
 * @param {string} file - program to start
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<number>} its exit code; 1 when it was ended by a signal or its limit
 */
export function runCommand(file, args, options = {}) {
  const { limitMs, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], ...spawnOptions });
    const undo = [passSignalsTo(child), ...(limitMs === undefined ? [] : [endAfter(child, file, limitMs)])];
    child.once('error', (error) => {
      for (const end of undo) end();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      for (const end of undo) end();
      if (signal) console.error(`${file} was ended by ${signal}.`);
      resolve(code ?? 1);
    });
  });
}

/**
 * As {@link runCommand}, but a failure is an error that names the command.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export async function requireCommand(file, args, options = {}) {
  const code = await runCommand(file, args, options);
  if (code !== 0) throw new Error(`${[file, ...args].join(' ')} ended with exit code ${code}; its output is above.`);
}

/**
 * {@link runCommand} for npm. On Windows it is a script that only a shell starts.
 *
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export function runNpm(args, options = {}) {
  return runCommand('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * Passes a request to end on to the child, and ends this process after it.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} stops that
 */
function passSignalsTo(child) {
  const undo = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).map((signal) => {
    const listener = () => {
      child.once('exit', (code) => process.exit(code || 128 + constants.signals[signal]));
      // Ctrl+C at a terminal reaches the child without us; a second one could mean "now, at once" to it.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.once(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => undo.forEach((end) => end());
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} file
 * @param {number} limitMs
 * @returns {() => void} takes the limit away
 */
function endAfter(child, file, limitMs) {
  const ask = setTimeout(() => {
    console.error(`${file} is still running after ${Math.round(limitMs / 60_000)} minutes; it is ended.`);
    child.kill('SIGTERM');
  }, limitMs);
  const kill = setTimeout(() => child.kill('SIGKILL'), limitMs + GRACE_MS);
  return () => {
    clearTimeout(ask);
    clearTimeout(kill);
  };
}
