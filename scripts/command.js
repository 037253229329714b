import { spawn } from 'node:child_process';

/**
 * Runs a command to its end with this process's output.
 *
 * @param {string} file - program to start
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<number>} its exit code; 1 when it was ended by a signal
 */
export function runCommand(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** As {@link runCommand}, but a failure is an error that names the command. */
export async function requireCommand(file, args, options = {}) {
  const code = await runCommand(file, args, options);
  if (code !== 0) throw new Error(`${[file, ...args].join(' ')} ended with exit code ${code}; its output is above.`);
}
