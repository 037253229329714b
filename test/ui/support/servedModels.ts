import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../../dist/cli.mjs', import.meta.url));

/** The demo pair behind `mentorcollab serve`, in a process of its own. */
export class ServedModels {
  #child: ChildProcess | null = null;

  /**
   * Starts to serve.
   *
   * @param apiKey - what clients must send; null lets everyone in.
   * @returns the server's address.
   */
  async start(apiKey: string | null): Promise<string> {
    const key = apiKey === null ? [] : ['--api-key-env', 'TEST_API_KEY'];
    const child = spawn(process.execPath, [BUILT, 'serve', '--port', '0', '--json', '--quiet', ...key], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TEST_API_KEY: apiKey ?? '' },
    });
    this.#child = child;
    // 'line' has the line as its one argument.
    const [line] = (await Promise.race([
      once(createInterface(child.stdout), 'line'),
      once(child, 'exit').then(() => assert.fail('serve has ended at its start')),
    ])) as [string];
    const { url } = JSON.parse(line) as { readonly url: string };
    return url;
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }
}
