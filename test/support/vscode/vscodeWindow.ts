import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { chromium, errors } from 'playwright-core';
import { prepareDevelopmentPage } from './developmentPage.ts';
import { ExtensionFileServer } from './extensionFileServer.ts';
import { HostTestRun } from './hostTestRun.ts';
import { installVsCode } from './installVsCode.js';
import type { ColorTheme } from './colorThemes.ts';
import { COLOR_THEMES } from './colorThemes.ts';
import { VsCodeServer } from './vscodeServer.ts';

export interface VsCodeWindowOptions {
  /** Name of its logs in test-results/. */
  readonly name: string;
  /** Folder of the extension under development; absent when a packaged one is installed. */
  readonly extension?: string;
  /** Folder of an extension under development that runs in the browser's own extension host, without Node. */
  readonly webExtension?: string;
  /** A packaged extension to install. */
  readonly vsix?: string;
  /** A CommonJS file whose `run()` VS Code calls inside the extension host. */
  readonly testsFile?: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Default: VS Code's own. */
  readonly theme?: ColorTheme;
  /** Workspace files by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether folders have to be trusted by the user, as in an editor that people use; default: every folder is. */
  readonly asksForTrust?: boolean;
  /** Further environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

const RESULTS = join(import.meta.dirname, '..', '..', '..', 'test-results');
const WAIT_MS = 60_000;
/** After this the palette is asked again: a window that has just opened may not listen yet, or not know the command. */
const ASK_AGAIN_MS = 2_000;
const WEB_HOST_SETTINGS = { 'extensions.webWorker': true };
const VIEWPORT = { width: 1280, height: 860 };
const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
];

/**
 * One VS Code window in a real browser, with its own server; for tests that click, and for tests inside the host. It
 * must be closed.
 *
 * ```ts
 * const window = await VsCodeWindow.open({ name: 'ask', extension: root, files: { 'notes.md': '# Notes\n' }, theme: 'dark' });
 * await window.openFile('notes.md');
 * await window.selectLines(1, 1);
 * await window.runCommand('MentorCollab: Solve Selection');
 * const panel = await window.webviewFrame('textarea');
 * await window.screenshot('ask.png');
 * await window.close();
 * ```
 */
export class VsCodeWindow {
  readonly page: Page;
  readonly server: VsCodeServer;
  readonly hostTests = new HostTestRun();
  readonly #name: string;
  readonly #browser: Browser;
  #webFiles: ExtensionFileServer | null = null;

  private constructor(name: string, page: Page, browser: Browser, server: VsCodeServer) {
    this.#name = name;
    this.page = page;
    this.#browser = browser;
    this.server = server;
  }

  /** Starts server and browser and opens the window; waits for the workbench unless tests run inside. */
  static async open(options: VsCodeWindowOptions): Promise<VsCodeWindow> {
    mkdirSync(RESULTS, { recursive: true });
    const { name, theme, files, vsix, env, asksForTrust, webExtension } = options;
    const settings = webExtension === undefined ? options.settings : { ...options.settings, ...WEB_HOST_SETTINGS };
    const installation = await installVsCode();
    const server = await VsCodeServer.start({
      installation,
      settings: theme === undefined ? settings : { ...settings, 'workbench.colorTheme': COLOR_THEMES[theme].name },
      files,
      vsix,
      env,
      asksForTrust,
      logFile: join(RESULTS, `${name}-server.log`),
    });
    let browser: Browser | undefined;
    try {
      // Not Playwright's own handling of signals: it would keep SIGTERM from ending this process.
      const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
      browser = await chromium.launch({ executablePath: installation.chromium, args: BROWSER_ARGUMENTS, ...signals });
      const page = await browser.newPage({ viewport: VIEWPORT, reducedMotion: 'reduce' });
      const window = new VsCodeWindow(name, page, browser, server);
      await window.#load(options);
      return window;
    } catch (error) {
      await browser?.close();
      await server.stop();
      throw error;
    }
  }

  /** Runs a command by its title, with its category (`MentorCollab: Stop`), through the palette. */
  async runCommand(title: string): Promise<void> {
    await this.#pick('F1', `>${title}`, title);
  }

  /** Opens a workspace file in a text editor that has the focus. */
  async openFile(name: string): Promise<void> {
    await this.openEditor(name);
    const group = this.page.locator('.editor-group-container.active');
    await group.locator('.monaco-editor.focused .view-line').first().waitFor({ timeout: WAIT_MS });
  }

  /** Opens a workspace file in whatever editor is for it. */
  async openEditor(name: string): Promise<void> {
    await this.#pick('ControlOrMeta+P', name, name);
    const base = name.split('/').at(-1) ?? name;
    // Of the active group: the file may also be the front tab of another one, from before.
    const group = this.page.locator('.editor-group-container.active');
    await group.locator(`.tab.active[data-resource-name="${base}"]`).waitFor({ timeout: WAIT_MS });
  }

  /** Selects whole lines in the active editor, their line ends included; lines count from 1. */
  async selectLines(first: number, last: number): Promise<void> {
    await this.#ask('Control+G', `:${first}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: WAIT_MS });
    // Lines of the file, unlike Shift+Down, which goes by lines as they are wrapped.
    for (let line = first; line <= last; line++) await this.page.keyboard.press('ControlOrMeta+L');
  }

  /** The inner document of a webview that holds `selector`: a frame two levels down. */
  async webviewFrame(selector: string): Promise<Frame> {
    const endMs = Date.now() + WAIT_MS;
    while (Date.now() < endMs) {
      for (const frame of this.page.frames()) if (await isWebviewWith(frame, selector)) return frame;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No webview holds ${selector}. Open: ${this.page.frames().length - 1} frames.`);
  }

  /** Changes settings of the workspace, as an edit of its settings.json does. They outrank the user's. */
  changeSettings(settings: Readonly<Record<string, unknown>>): void {
    this.server.changeSettings(settings);
  }

  /** Changes the colour theme, and waits until window and webviews wear it. */
  async useTheme(theme: ColorTheme): Promise<void> {
    const { name, workbenchClass } = COLOR_THEMES[theme];
    const workbench = this.page.locator(`.monaco-workbench.${workbenchClass}`);
    this.changeSettings({ 'workbench.colorTheme': name });
    await workbench.waitFor({ timeout: WAIT_MS });
    for (const frame of this.page.frames()) {
      if (!(await isWebviewWith(frame, 'body[data-vscode-theme-id]'))) continue;
      await frame.locator(`body[data-vscode-theme-id="${name}"]`).waitFor({ state: 'attached', timeout: WAIT_MS });
    }
  }

  /** Writes a screenshot of the window, or of a part of it, to test-results/, and gives its path. */
  async screenshot(name: string, part: Pick<Page | Locator, 'screenshot'> = this.page): Promise<string> {
    const path = join(RESULTS, name);
    await part.screenshot({ path });
    return path;
  }

  /** Reloads the window by its command, so that VS Code keeps what is open. */
  async reload(): Promise<void> {
    const main = this.page.mainFrame();
    const reloaded = this.page.waitForEvent('framenavigated', {
      predicate: (frame) => frame === main,
      timeout: WAIT_MS,
    });
    await Promise.all([reloaded, this.runCommand('Developer: Reload Window')]);
    await this.#waitForWorkbench();
  }

  /** Loads the page anew without a word to VS Code, as a browser that crashed does; it may lose its last seconds. */
  async reloadAbruptly(): Promise<void> {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
    await this.#waitForWorkbench();
  }

  /** The extension hosts' logs so far. */
  hostLog(): string {
    const { logsFolder } = this.server;
    if (!existsSync(logsFolder)) return '';
    const names = readdirSync(logsFolder, { recursive: true, encoding: 'utf8' });
    const hostLogs = names.filter((name) => /exthost.*\.log$/.test(name)).sort();
    return hostLogs.map((name) => `== ${name}\n${readFileSync(join(logsFolder, name), 'utf8')}`).join('\n');
  }

  /** Ends browser and server; VS Code's logs stay in test-results/<name>-logs/. */
  async close(): Promise<void> {
    await this.#browser.close();
    this.#webFiles?.stop();
    const kept = join(RESULTS, `${this.#name}-logs`);
    rmSync(kept, { recursive: true, force: true });
    if (existsSync(this.server.logsFolder)) cpSync(this.server.logsFolder, kept, { recursive: true });
    await this.server.stop();
  }

  async #load({ name, extension, webExtension, testsFile }: VsCodeWindowOptions): Promise<void> {
    const { port, workspace } = this.server;
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const logFile = join(RESULTS, `${name}-window.log`);
    if (webExtension !== undefined) this.#webFiles = await ExtensionFileServer.start(webExtension);
    const webExtensionPort = this.#webFiles?.port;
    await prepareDevelopmentPage(this.page, { port, extension, webExtensionPort, testsFile, logFile }, this.hostTests);
    const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`;
    await this.page.goto(url, { waitUntil: 'domcontentloaded', timeout: WAIT_MS });
    if (testsFile === undefined) await this.#waitForWorkbench();
  }

  async #waitForWorkbench(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.editor').first().waitFor({ timeout: WAIT_MS });
  }

  /** Opens a quick input by its key, types `text`, and clicks the row that holds `label`. */
  async #pick(key: string, text: string, label: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
    const endMs = Date.now() + WAIT_MS;
    while (Date.now() < endMs) {
      await this.#ask(key, text);
      if (await appears(row, ASK_AGAIN_MS)) {
        await row.click();
        return;
      }
      // Closed first: an open list does not learn of commands that came later.
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`"${label}" was not offered for "${text}". A command may not be there, or not be enabled.`);
  }

  /** Opens a quick input by its key and types `text` into it. */
  async #ask(key: string, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    const endMs = Date.now() + WAIT_MS;
    for (;;) {
      await this.page.keyboard.press(key);
      // An editor that takes the focus late closes it again.
      if ((await appears(input, ASK_AGAIN_MS)) && (await takes(input, text))) return;
      if (Date.now() > endMs) throw new Error(`The window does not answer ${key}.`);
      // Whatever has the focus keeps the key to itself: back to the window.
      await this.page.locator('.monaco-workbench').click({ position: { x: 640, y: 5 } });
    }
  }
}

async function isWebviewWith(frame: Frame, selector: string): Promise<boolean> {
  if (!frame.parentFrame()?.parentFrame()) return false;
  // A frame may go away while it is asked; then it is not the one.
  const count = await frame
    .locator(selector)
    .count()
    .catch(() => 0);
  return count > 0;
}

/** Whether something becomes visible within this time. */
function appears(locator: Locator, timeoutMs: number): Promise<boolean> {
  return isDone(locator.waitFor({ state: 'visible', timeout: timeoutMs }));
}

/** Whether an input is still there to take a text. */
function takes(input: Locator, text: string): Promise<boolean> {
  return isDone(input.fill(text, { timeout: ASK_AGAIN_MS }));
}

/** Whether something came about before its time was over. */
async function isDone(action: Promise<void>): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
