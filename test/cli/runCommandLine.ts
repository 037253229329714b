import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

export interface CommandLineRun {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandLineOptions {
  /** What stands on standard input; by default it is empty. Null leaves it open and silent. */
  readonly input?: string | null;
  readonly env?: Readonly<Record<string, string>>;
  /** Working folder. */
  readonly folder?: string;
  /** Sent to the program once the first text has come on standard output. */
  readonly signal?: NodeJS.Signals;
  /** Closes standard output's pipe at its first text. */
  readonly closesOutput?: boolean;
}

/** Runs the built program as a user does. */
export async function runCommandLine(
  args: readonly string[],
  options: CommandLineOptions = {},
): Promise<CommandLineRun> {
  assert.ok(existsSync(BUILT), `${BUILT} is missing: npm run build comes before these tests.`);
  const child = spawn(process.execPath, [BUILT, ...args], {
    cwd: options.folder,
    // Node itself warns on standard error where it finds both of these.
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ...options.env },
  });
  const { signal } = options;
  if (signal) {
    child.stdout.once('data', () => {
      child.kill(signal);
    });
  }
  if (options.closesOutput === true) {
    child.stdout.once('data', () => {
      child.stdout.destroy();
    });
  }
  if (options.input !== null) child.stdin.end(options.input ?? '');
  const code = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const output = options.closesOutput === true ? Promise.resolve('') : text(child.stdout);
  const [stdout, stderr] = await Promise.all([output, text(child.stderr)]);
  return { code: await code, stdout, stderr };
}
