import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'node:util';
import type { Browser, Frame, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { VsCodeInstallation } from './installVsCode.js';
import { installVsCode } from './installVsCode.js';
import { VsCodeServer } from './vscodeServer.ts';

export interface VsCodeWindowOptions {
  /** Folder of the extension under development; absent when a packaged one is installed. */
  readonly extension?: string;
  readonly vsix?: string;
  /** A CommonJS file whose `run()` VS Code calls inside the extension host. */
  readonly testsFile?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Workspace files by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Name of its logs in test-results/. */
  readonly name: string;
}

/** What the tests inside the extension host sent: console lines, and at last the exit code of `run()`. */
export interface HostTestRun {
  readonly exitCode: Promise<number>;
}

const RESULTS = join(import.meta.dirname, '..', '..', '..', 'test-results');
const WAIT_MS = 60_000;
/** Lines of VS Code's own that would hide the tests' console. */
const NOISE =
  /^(\[|Creating a socket|Resolv|Updating additional|Creation of workbench|The customer named|Started local|Invoking resolve|Timed out waiting for auth)|open-vsx|authentication provider|workbench\.js/;

/** One VS Code window in a real browser, with its own server; for tests that click, and for tests inside the host. */
export class VsCodeWindow {
  readonly page: Page;
  readonly server: VsCodeServer;
  readonly hostTests: HostTestRun;
  readonly #browser: Browser;

  private constructor(page: Page, server: VsCodeServer, browser: Browser, hostTests: HostTestRun) {
    this.page = page;
    this.server = server;
    this.#browser = browser;
    this.hostTests = hostTests;
  }

  /** Starts server and browser and opens the window; waits for the workbench unless tests run inside. */
  static async open(options: VsCodeWindowOptions): Promise<VsCodeWindow> {
    mkdirSync(RESULTS, { recursive: true });
    const installation: VsCodeInstallation = await installVsCode();
    const { settings, files, vsix, env } = options;
    const given = {
      ...(settings && { settings }),
      ...(files && { files }),
      ...(vsix !== undefined && { vsix }),
      ...(env && { env }),
    };
    const server = await VsCodeServer.start({
      installation,
      logFile: join(RESULTS, `${options.name}-server.log`),
      ...given,
    });
    const browser = await chromium.launch({
      executablePath: installation.chromium,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const hostTests = await wirePage(page, server, options);
    const window = new VsCodeWindow(page, server, browser, hostTests);
    await window.#load(options);
    return window;
  }

  /** Runs a command by its title through the palette. */
  async runCommand(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await this.page.locator('.monaco-workbench').click({ position: { x: 640, y: 5 } });
    await this.page.keyboard.press('F1');
    await input.waitFor({ state: 'visible', timeout: WAIT_MS });
    await input.fill(`>${title}`);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: title })
      .first()
      .waitFor({ timeout: WAIT_MS });
    await this.page.keyboard.press('Enter');
  }

  /** Opens a workspace file in an editor and waits for its text. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await input.waitFor({ state: 'visible', timeout: WAIT_MS });
    await input.fill(name);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: name })
      .first()
      .waitFor({ timeout: WAIT_MS });
    await this.page.keyboard.press('Enter');
    await this.page.locator('.editor-instance .view-line').first().waitFor({ timeout: WAIT_MS });
  }

  /** The inner document of a webview that holds `selector`: a frame two levels down. */
  async webviewFrame(selector: string): Promise<Frame> {
    const endMs = Date.now() + WAIT_MS;
    while (Date.now() < endMs) {
      for (const frame of this.page.frames()) {
        const isInner = frame.parentFrame()?.parentFrame();
        // A frame may go away while it is asked; then it is not the one.
        if (
          isInner &&
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No webview holds ${selector}.`);
  }

  /** Writes a screenshot of the window to test-results/, and gives its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(RESULTS, name);
    await this.page.screenshot({ path });
    return path;
  }

  /** Reloads the window, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
    await this.#waitForWorkbench();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
  }

  async #load(options: VsCodeWindowOptions): Promise<void> {
    const folder = encodeURIComponent(this.server.workspace);
    const url = `http://127.0.0.1:${this.server.port}/?folder=${folder}`;
    try {
      await this.page.goto(url, { waitUntil: 'domcontentloaded', timeout: WAIT_MS });
      if (options.testsFile === undefined) await this.#waitForWorkbench();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #waitForWorkbench(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.editor').first().waitFor({ timeout: WAIT_MS });
  }
}

/** Logs, the test hooks that VS Code looks for, and the extension under development. */
async function wirePage(page: Page, server: VsCodeServer, options: VsCodeWindowOptions): Promise<HostTestRun> {
  const logFile = join(RESULTS, `${options.name}-window.log`);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = (line: string): void => {
    appendFileSync(logFile, `${line}\n`);
  };
  page.on('pageerror', (error) => {
    log(`page error ${error.message}`);
  });
  page.on('console', (message) => {
    log(`${message.type()} ${message.text()}`);
  });
  let finish: (code: number) => void = () => undefined;
  const exitCode = new Promise<number>((resolve) => {
    finish = resolve;
  });
  if (options.testsFile !== undefined) {
    // VS Code calls these two when they exist, as under @vscode/test-web.
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const line = format(...args);
      log(`host ${line}`);
      if (!NOISE.test(line)) console.log(line);
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => {
      finish(code);
    });
  }
  // The TypeScript loader names functions through a helper that the page does not have.
  await page.addInitScript('globalThis.__name ??= (named) => named;');
  await page.addInitScript(patchWorkbenchConfiguration, developmentOptions(server, options));
  return { exitCode };
}

function developmentOptions(server: VsCodeServer, options: VsCodeWindowOptions) {
  const remote = (path: string) => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${server.port}`, path });
  return {
    ...(options.extension === undefined ? {} : { extensions: [remote(options.extension)] }),
    ...(options.testsFile === undefined ? {} : { extensionTestsPath: remote(options.testsFile) }),
  };
}

/**
 * Runs in the page while it is parsed. A built VS Code ignores the extension under development in its URL, but takes it
 * from the page's own configuration. Rewriting the page in flight instead (page.route) makes Chromium hold it for a
 * foreign origin, which then may not open a WebSocket to 127.0.0.1.
 */
function patchWorkbenchConfiguration(development: object): void {
  if (window !== window.top) return;
  const patch = (): void => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    const settings = meta?.getAttribute('data-settings');
    if (!meta || settings === null || settings === undefined) return;
    observer.disconnect();
    const configuration = JSON.parse(settings) as { developmentOptions?: object };
    configuration.developmentOptions = { ...configuration.developmentOptions, ...development };
    meta.setAttribute('data-settings', JSON.stringify(configuration));
  };
  const observer = new MutationObserver(patch);
  observer.observe(document, { childList: true, subtree: true });
}
