import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createWriteStream, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VsCodeInstallation } from './installVsCode.js';

export interface VsCodeServerOptions {
  readonly installation: VsCodeInstallation;
  /** User settings on top of the quiet ones that every test wants. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Files to put into the workspace, by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  /** A packaged extension to install before the start. */
  readonly vsix?: string;
  /** Further environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its log goes. */
  readonly logFile: string;
}

/** Nothing that pops up, phones home, or signs in; animations off. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'extensions.webWorker': false,
  'git.enabled': false,
  'window.restoreWindows': 'none',
  'typescript.disableAutomaticTypeAcquisition': true,
  'security.workspace.trust.enabled': false,
};

/** A VS Code server of its own on a free loopback port, with fresh user data that goes away with it. */
export class VsCodeServer {
  readonly port: number;
  /** The folder that the window opens. */
  readonly workspace: string;
  /** The server's `User` folder; its `globalStorage` is in it. */
  readonly userFolder: string;
  readonly #home: string;
  readonly #process: ChildProcess;

  private constructor(port: number, home: string, child: ChildProcess) {
    this.port = port;
    this.#home = home;
    this.#process = child;
    this.workspace = join(home, 'workspace');
    this.userFolder = join(home, 'data', 'User');
  }

  static async start(options: VsCodeServerOptions): Promise<VsCodeServer> {
    // Short, since the server's unix sockets live below it and their paths are limited.
    const home = mkdtempSync(join(tmpdir(), 'mcvs-'));
    writeHome(home, options);
    const port = await freePort();
    const env = serverEnvironment(home, options);
    if (options.vsix !== undefined) await installExtension(options.installation, home, options.vsix, env);
    const { node, entry } = options.installation;
    const address = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`];
    const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
    const child = spawn(node, [entry, ...address, ...folders(home), ...quiet, '--disable-workspace-trust'], {
      env,
      cwd: home,
      // A process group of its own: extension hosts, watchers and terminals end with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(options.logFile);
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const server = new VsCodeServer(port, home, child);
    await server.#waitUntilUp(options.logFile);
    return server;
  }

  /** Ends the server with everything it started, and removes its data. */
  async stop(): Promise<void> {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (!this.#signal(signal)) break;
      for (let i = 0; i < 30 && this.#signal(0); i++) await delay(100);
    }
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  #signal(signal: NodeJS.Signals | 0): boolean {
    const { pid } = this.#process;
    if (pid === undefined) return false;
    try {
      return process.kill(-pid, signal);
    } catch {
      // No such process group any more: nothing is left to signal.
      return false;
    }
  }

  async #waitUntilUp(logFile: string): Promise<void> {
    for (let i = 0; i < 600; i++) {
      if (this.#process.exitCode !== null) break;
      const answer = await fetch(`http://127.0.0.1:${this.port}/healthz`).catch(() => null);
      if (answer?.ok) return;
      await delay(100);
    }
    await this.stop();
    throw new Error(`The VS Code server did not come up; see ${logFile}.`);
  }
}

function writeHome(home: string, options: VsCodeServerOptions): void {
  for (const folder of ['workspace', 'home', 'extensions', 'data/User'])
    mkdirSync(join(home, folder), { recursive: true });
  const settings = { ...QUIET_SETTINGS, ...options.settings };
  writeFileSync(join(home, 'data', 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  writeFileSync(join(home, 'config.yaml'), '');
  for (const [name, text] of Object.entries(options.files ?? {})) writeFileSync(join(home, 'workspace', name), text);
}

function folders(home: string): string[] {
  return [
    ...['--config', join(home, 'config.yaml')],
    ...['--user-data-dir', join(home, 'data')],
    ...['--extensions-dir', join(home, 'extensions')],
  ];
}

/** Variables of a VS Code that we may have been started from would steer the one we start. */
function serverEnvironment(home: string, options: VsCodeServerOptions): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !foreign.test(key)));
  const compileCache = join(options.installation.cache, 'compile-cache');
  return { ...inherited, HOME: join(home, 'home'), TMPDIR: home, NODE_COMPILE_CACHE: compileCache, ...options.env };
}

async function installExtension(
  { node, entry }: VsCodeInstallation,
  home: string,
  vsix: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const copy = join(home, 'extension.vsix');
  cpSync(vsix, copy);
  const child = spawn(node, [entry, ...folders(home), '--install-extension', copy], {
    env,
    cwd: home,
    stdio: 'inherit',
  });
  const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  if (code !== 0)
    throw new Error(`VS Code refused to install ${vsix} (exit code ${String(code)}); its output is above.`);
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

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
