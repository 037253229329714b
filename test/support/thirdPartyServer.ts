import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** llama.cpp's own server (MIT) as a Python package with prebuilt binaries. */
const PACKAGE = 'xllamacpp==2026.10.11549';

/** Runs until its input ends; the model, its name on the server and the size of its context are its arguments. */
const PROGRAM = `
import sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.model_alias = {sys.argv[2]}
params.n_ctx = int(sys.argv[3])
params.n_parallel = 1
params.cpuparams.n_threads = 1
params.warmup = False
params.port = 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
`;

/** Why suites against it don't run here; null when they do. */
export const THIRD_PARTY_SKIP_REASON =
  process.env['MENTORCOLLAB_TEST_THIRD_PARTY'] === '1'
    ? null
    : `MENTORCOLLAB_TEST_THIRD_PARTY is not 1: these suites install ${PACKAGE} from PyPI with python3`;

/** A server that others have written, in a process of its own. */
export class ThirdPartyServer {
  /** Without `/v1`. */
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  /** Starts it with a model, and installs it in a folder of the user's cache where it is not yet. */
  static async start(path: string, name: string, contextSize: number): Promise<ThirdPartyServer> {
    const python = await installedPython();
    const child = spawn(python, ['-c', PROGRAM, path, name, String(contextSize)], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('http')) return new ThirdPartyServer(child, line);
    }
    throw new Error(`${PACKAGE} does not start (${child.exitCode}).`);
  }

  async stop(): Promise<void> {
    const ended = this.#process.exitCode === null ? once(this.#process, 'exit') : Promise.resolve();
    this.#process.stdin?.end();
    await ended;
  }
}

async function installedPython(): Promise<string> {
  const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(caches, 'mentorcollab-tests', PACKAGE.replace('==', '-'));
  const python = join(folder, 'bin', 'python');
  const done = join(folder, 'bin', 'installed');
  if (existsSync(done)) return python;
  await mkdir(caches, { recursive: true });
  await run('python3', ['-m', 'venv', '--clear', folder]);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', PACKAGE], { timeout: 540_000 });
  await run('touch', [done]);
  return python;
}
