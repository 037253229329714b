import { mkdir } from 'node:fs/promises';
import type { BuildResult } from 'esbuild';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { createNonce, panelHtml } from '../../../src/host/panel/panelHtml.ts';
import type { CompareHostMessage } from '../../../src/protocol/compare.ts';
import type { HostMessage, PanelContent, PanelMessage, PanelRun } from '../../../src/protocol/panel.ts';
import { panelMessageSchema } from '../../../src/protocol/panel.ts';
import type { ThemeName } from './themes.ts';
import { THEMES } from './themes.ts';

const ORIGIN = 'http://panel.test';

/** One of our pages. */
export interface PageSource {
  /** Its entry, relative to the repository. */
  readonly entry: string;
  /** The message by which it asks for its content. */
  readonly readyType: string;
}

const PANEL: PageSource = { entry: 'src/webview/main.tsx', readyType: 'panel-ready' };

/** How a page is opened. */
export interface PanelPageOptions {
  /** Default `dark`. */
  readonly theme?: ThemeName;
  /** Viewport in CSS pixels; default 1200 x 800. */
  readonly size?: { readonly width: number; readonly height: number };
  /** What `getState` gives at the start. */
  readonly savedState?: unknown;
}

/** A Chromium that shows the real panel in the page that the host would give it, under the same strict policy. */
export class PanelBrowser {
  readonly #browser: Browser;
  readonly #files: ReadonlyMap<string, string>;
  readonly #source: PageSource;

  private constructor(browser: Browser, files: ReadonlyMap<string, string>, source: PageSource) {
    this.#browser = browser;
    this.#source = source;
    this.#files = files;
  }

  /** Bundles the panel in memory and starts the browser. */
  static async start(source: PageSource = PANEL): Promise<PanelBrowser> {
    const files = await bundlePage(source.entry);
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    return new PanelBrowser(browser, files, source);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Opens a panel; it has already asked for its content. */
  async open(options: PanelPageOptions = {}): Promise<PanelPage> {
    const context = await this.#browser.newContext({ viewport: options.size ?? { width: 1200, height: 800 } });
    const panel = await PanelPage.open(context, this.#files, options);
    await panel.untilPosted(this.#source.readyType);
    return panel;
  }
}

/** One open panel, with a host that only records what it is told. */
export class PanelPage {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #problems: string[] = [];
  readonly #requests: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('pageerror', (error) => this.#problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#problems.push(message.text());
    });
    page.on('dialog', (dialog) => {
      this.#problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  static async open(
    context: BrowserContext,
    files: ReadonlyMap<string, string>,
    options: PanelPageOptions,
  ): Promise<PanelPage> {
    const page = await context.newPage();
    const panel = new PanelPage(context, page);
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      panel.#requests.push(pathname);
      const body = files.get(pathname);
      if (body === undefined) await route.abort();
      else await route.fulfill({ body, contentType: contentTypeOf(pathname) });
    });
    // The test loader wraps functions into this helper, which the page does not have.
    await page.addInitScript('globalThis.__name = (named) => named;');
    await page.addInitScript(beTheHost, { theme: THEMES[options.theme ?? 'dark'], saved: options.savedState ?? null });
    await page.goto(`${ORIGIN}/`);
    return panel;
  }

  /** Sends a message as the host does. */
  async send(message: HostMessage | CompareHostMessage | { readonly type: 'of-the-future' }): Promise<void> {
    // As one text: playwright takes seconds to hand over a long run's objects one by one.
    await this.page.evaluate(async (text) => {
      const data: unknown = JSON.parse(text);
      // This listener comes after the panel's own; what depends on layout is done when the second frame comes.
      const heard = new Promise((resolve) => {
        window.addEventListener('message', resolve, { once: true });
      });
      window.postMessage(data, '*');
      await heard;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }, JSON.stringify(message));
  }

  /** Shows a run, without the question box. */
  async show(run: PanelRun | null, composer: PanelContent['composer'] = null): Promise<void> {
    await this.send({ type: 'content-shown', content: { composer, run } });
  }

  /** What the panel has told its host, in order. */
  async posted(): Promise<readonly PanelMessage[]> {
    return (await this.postedAsIs()).map((message) => panelMessageSchema.parse(message));
  }

  /** What the page has told its host, in order and unchecked. */
  async postedAsIs(): Promise<readonly unknown[]> {
    return this.page.evaluate(() => (globalThis as unknown as HostRecord).postedMessages);
  }

  /** Waits until the last thing that the page has told is of that type. */
  async untilPosted(type: string): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => (globalThis as unknown as HostRecord).postedMessages.at(-1)?.type === wanted,
      type,
    );
  }

  /** Waits until the last thing that the panel has told is of that type, and gives it. */
  async postedAfter(type: PanelMessage['type']): Promise<PanelMessage> {
    await this.untilPosted(type);
    const last = (await this.posted()).at(-1);
    if (!last) throw new Error('The panel has told nothing.');
    return last;
  }

  /** What the panel has kept over a reload. */
  async savedState(): Promise<unknown> {
    return await this.page.evaluate(() => (globalThis as unknown as HostRecord).savedState);
  }

  /** Marks of a step in the view on show. */
  mark(step: number): Locator {
    return this.page.locator(`.mark[data-step="${step}"]:visible`);
  }

  /** Errors, broken policies and dialogs since the page was opened. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Paths that the page has asked for. */
  get requests(): readonly string[] {
    return this.#requests;
  }

  /** Writes a picture to `test-results/`. */
  async picture(name: string): Promise<void> {
    await mkdir('test-results', { recursive: true });
    await this.page.screenshot({ path: `test-results/${name}.png` });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

/** What the page keeps for its host. */
interface HostRecord {
  postedMessages: { readonly type: string }[];
  savedState: unknown;
}

/** Runs in the page before anything else: VS Code's part of a webview. */
function beTheHost(given: { theme: (typeof THEMES)[ThemeName]; saved: unknown }): void {
  const record = { postedMessages: [] as unknown[], savedState: given.saved };
  Object.assign(globalThis, record, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => (globalThis as unknown as typeof record).postedMessages.push(message),
      getState: () => given.saved,
      setState: (state: unknown) => Object.assign(globalThis, { savedState: state }),
    }),
  });
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = given.theme.bodyClass;
    for (const [name, value] of Object.entries(given.theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
  });
}

async function bundlePage(entry: string): Promise<ReadonlyMap<string, string>> {
  const result: BuildResult<{ write: false }> = await build({
    entryPoints: [entry],
    outfile: 'panel.js',
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const resources = { scriptUri: `${ORIGIN}/panel.js`, styleUri: `${ORIGIN}/panel.css`, cspSource: ORIGIN };
  return new Map([
    ['/', panelHtml(resources, createNonce())],
    ...result.outputFiles.map((file) => [`/${file.path.split('/').at(-1) ?? ''}`, file.text] as const),
  ]);
}

function contentTypeOf(pathname: string): string {
  if (pathname.endsWith('.js')) return 'text/javascript';
  return pathname.endsWith('.css') ? 'text/css' : 'text/html';
}
