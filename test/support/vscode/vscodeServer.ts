import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { VsCodeInstallation } from './installVsCode.js';
import { onProcessEnd } from './onProcessEnd.ts';
import { QUIET_SETTINGS } from './quietSettings.ts';

export interface VsCodeServerOptions {
  readonly installation: VsCodeInstallation;
  /** User settings on top of the quiet ones that every test wants. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Files to put into the workspace, by relative path. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** A packaged extension to install before the start. */
  readonly vsix?: string | undefined;
  /** Whether folders have to be trusted by the user, as in an editor that people use; default: every folder is. */
  readonly asksForTrust?: boolean | undefined;
  /** Further environment of the extension host. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Where its output goes. */
  readonly logFile: string;
}

/** Trust is asked for in its editor, not by a dialog at the start; until then the window is restricted, and says so. */
const ASKING_FOR_TRUST = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'always',
};
const START_LIMIT_MS = 60_000;
const GRACE_MS = 3_000;

/** A VS Code server of its own on a free loopback port, with fresh user data that goes away with it. */
export class VsCodeServer {
  readonly port: number;
  /** The folder that the window opens. */
  readonly workspace: string;
  /** Where the extension keeps the models that it downloads. */
  readonly modelsFolder: string;
  /** The server's `User` folder; its `globalStorage` is in it. */
  readonly userFolder: string;
  /** Where VS Code writes its logs, those of the extension hosts among them. */
  readonly logsFolder: string;
  /** Settled when the server has ended, whether stopped or by itself. */
  readonly ended: Promise<void>;
  readonly #home: string;
  readonly #process: ChildProcess;
  readonly #forget: () => void;
  #hasEnded = false;

  private constructor(port: number, home: string, child: ChildProcess) {
    this.port = port;
    this.#home = home;
    this.#process = child;
    this.workspace = join(home, 'workspace');
    this.modelsFolder = join(home, 'models');
    this.userFolder = join(home, 'data', 'User');
    this.logsFolder = join(home, 'data', 'logs');
    this.ended = new Promise((resolve) => {
      const end = (): void => {
        this.#hasEnded = true;
        resolve();
      };
      child.once('exit', end).once('error', end);
    });
    this.#forget = onProcessEnd(() => {
      this.#signal('SIGKILL');
      removeFolder(home);
    });
  }

  static async start(options: VsCodeServerOptions): Promise<VsCodeServer> {
    // Short, since the server's unix sockets live below it and their paths are limited.
    const home = mkdtempSync(join(tmpdir(), 'mcvs-'));
    try {
      writeHome(home, options);
      if (options.vsix !== undefined) await installExtension(home, options, options.vsix);
      const port = await freePort();
      const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
      const address = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`];
      const trust = options.asksForTrust === true ? [] : ['--disable-workspace-trust'];
      const child = spawnServer(home, options, [...address, ...quiet, ...trust]);
      const server = new VsCodeServer(port, home, child);
      await server.#waitUntilUp(options.logFile);
      return server;
    } catch (error) {
      removeFolder(home);
      throw error;
    }
  }

  /**
   * Changes settings of the workspace; the window follows them within moments. Not the user's: a window does not notice
   * when somebody else writes those.
   */
  changeSettings(settings: Readonly<Record<string, unknown>>): void {
    const file = join(this.workspace, '.vscode', 'settings.json');
    mkdirSync(dirname(file), { recursive: true });
    // An object: nobody but us and VS Code writes it. Read again, since VS Code and the extension may have changed it.
    const current = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
    writeFileSync(file, JSON.stringify({ ...current, ...settings }, null, 2));
  }

  /** Ends the server with everything it started, and removes its data. */
  async stop(): Promise<void> {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (!this.#signal(signal)) break;
      const endMs = Date.now() + GRACE_MS;
      while (this.#signal(0) && Date.now() < endMs) await delay(50);
    }
    this.#forget();
    removeFolder(this.#home);
  }

  /** Signals the whole process group; false when nothing of it is left. */
  #signal(signal: NodeJS.Signals | 0): boolean {
    const { pid } = this.#process;
    if (pid === undefined) return false;
    try {
      return process.kill(-pid, signal);
    } catch {
      // No such process group any more.
      return false;
    }
  }

  async #waitUntilUp(logFile: string): Promise<void> {
    const endMs = Date.now() + START_LIMIT_MS;
    while (!this.#hasEnded && Date.now() < endMs) {
      // Refused until it listens.
      const answer = await fetch(`http://127.0.0.1:${this.port}/healthz`).catch(() => null);
      if (answer?.ok) return;
      await delay(100);
    }
    const hasEnded = this.#hasEnded;
    await this.stop();
    throw new Error(`The VS Code server ${hasEnded ? 'ended at its start' : 'did not come up'}; see ${logFile}.`);
  }
}

function writeHome(home: string, options: VsCodeServerOptions): void {
  for (const folder of ['workspace', 'home', 'extensions', 'data/User', 'data/Machine']) {
    mkdirSync(join(home, folder), { recursive: true });
  }
  const trust = options.asksForTrust === true ? ASKING_FOR_TRUST : {};
  const settings = { ...QUIET_SETTINGS, ...trust, ...options.settings };
  writeFileSync(join(home, 'data', 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  // A window on a server takes settings of machine scope from the machine, and from the user only until it knows their scope.
  writeFileSync(join(home, 'data', 'Machine', 'settings.json'), JSON.stringify(options.settings ?? {}, null, 2));
  writeFileSync(join(home, 'config.yaml'), '');
  writeFileSync(options.logFile, '');
  for (const [name, text] of Object.entries(options.files ?? {})) {
    const path = join(home, 'workspace', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** Starts code-server over this home, with its output in the log. */
function spawnServer(home: string, options: VsCodeServerOptions, args: readonly string[]): ChildProcess {
  const { installation, logFile } = options;
  const folders = [
    ...['--config', join(home, 'config.yaml')],
    ...['--user-data-dir', join(home, 'data')],
    ...['--extensions-dir', join(home, 'extensions')],
  ];
  const log = openSync(logFile, 'a');
  try {
    return spawn(installation.node, [installation.entry, ...folders, ...args], {
      env: serverEnvironment(home, options),
      cwd: home,
      // A process group of its own: extension hosts, watchers and terminals end with it.
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** No marketplace: tests ask no server for anything. */
const NO_GALLERY = { EXTENSIONS_GALLERY: '{}' };

/**
 * Variables of a VS Code or an npm that we may have been started from would steer the one we start; so would a hub, a
 * proxy or models of whoever runs the tests.
 */
function serverEnvironment(home: string, options: VsCodeServerOptions): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_|HF_|MENTORCOLLAB_(MODELS$|.*API_KEY$))|^(https?|no)_proxy$/i;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !foreign.test(key)));
  const cache = { NODE_COMPILE_CACHE: join(options.installation.cache, 'compile-cache') };
  const places = { HOME: join(home, 'home'), TMPDIR: home, MENTORCOLLAB_MODELS: join(home, 'models') };
  return { ...inherited, ...NO_GALLERY, ...cache, ...places, ...options.env };
}

async function installExtension(home: string, options: VsCodeServerOptions, vsix: string): Promise<void> {
  if (!existsSync(vsix)) throw new Error(`There is no ${vsix} to install; make it with: npm run package`);
  const copy = join(home, 'extension.vsix');
  cpSync(vsix, copy);
  const child = spawnServer(home, options, ['--install-extension', copy]);
  const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  if (code !== 0) {
    throw new Error(`VS Code refused to install ${vsix} (exit code ${String(code)}); see ${options.logFile}.`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address) resolve(address.port);
        else reject(new Error('No free port was given.'));
      });
    });
  });
}

/** What a process that is just ending still writes is tried again. */
function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
