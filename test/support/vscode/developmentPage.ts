import { appendFileSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import type { Page } from 'playwright-core';

export interface DevelopmentPageOptions {
  /** Port of the VS Code server on 127.0.0.1. */
  readonly port: number;
  /** Folder of the extension under development; absent when a packaged one is installed. */
  readonly extension: string | undefined;
  /** Port on 127.0.0.1 that serves an extension under development for the browser's own extension host. */
  readonly webExtensionPort: number | undefined;
  /** A CommonJS file whose `run()` VS Code calls inside the extension host. */
  readonly testsFile: string | undefined;
  /** Where the window's console goes. */
  readonly logFile: string;
}

/** What tests inside the extension host tell the page. */
export interface HostTestListener {
  /** A line of their console. */
  line(text: string): void;
  /** `run()` is over. */
  exit(code: number): void;
}

/** Lines of VS Code's own that would hide the tests' console. */
const NOISE =
  /^(\[|Creating a socket|Resolv|Updating additional|Creation of workbench|The customer named|Started local|Invoking resolve|Timed out waiting for auth)|open-vsx|authentication provider|Ignoring fetching additional builtin|Error while fetching the extension under development|workbench\.js/;

/** Readies a page that has not navigated yet: its logs, the test hooks that VS Code looks for, the extension under development. */
export async function prepareDevelopmentPage(
  page: Page,
  options: DevelopmentPageOptions,
  listener: HostTestListener,
): Promise<void> {
  writeFileSync(options.logFile, '');
  const log = (line: string): void => {
    appendFileSync(options.logFile, `${line}\n`);
  };
  page.on('crash', () => {
    log('the page crashed');
  });
  page.on('pageerror', (error) => {
    log(`page error ${error.message}`);
  });
  page.on('console', (message) => {
    log(`${message.type()} ${message.text()}`);
  });
  if (options.testsFile !== undefined) {
    // VS Code calls these two when they exist, as under @vscode/test-web: each log line, then the result of run().
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const line = format(...args);
      log(`host ${line}`);
      if (!NOISE.test(line)) listener.line(line);
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => {
      listener.exit(code);
    });
  }
  // The TypeScript loader names functions through a helper that the page does not have.
  await page.addInitScript('globalThis.__name ??= (named) => named;');
  await page.addInitScript(patchWorkbenchConfiguration, developmentOptions(options));
}

function developmentOptions(options: DevelopmentPageOptions): object {
  const { port, extension, webExtensionPort, testsFile } = options;
  const remote = (path: string): object => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${port}`, path });
  // Through code-server's own proxy: the page's policy lets it fetch from its own origin only.
  const web = { scheme: 'http', authority: `127.0.0.1:${port}`, path: `/proxy/${webExtensionPort ?? 0}` };
  const extensions = [
    ...(extension === undefined ? [] : [remote(extension)]),
    ...(webExtensionPort === undefined ? [] : [web]),
  ];
  return {
    ...(extensions.length === 0 ? {} : { extensions }),
    ...(testsFile === undefined ? {} : { extensionTestsPath: remote(testsFile) }),
  };
}

/**
 * Runs in the page while it is parsed. A built VS Code ignores the extension under development in its URL, without any
 * error, but takes it from the page's own configuration. Rewriting the page in flight instead (page.route) makes Chromium
 * hold it for a foreign origin, which then may not open a WebSocket to 127.0.0.1.
 */
function patchWorkbenchConfiguration(development: object): void {
  if (window !== window.top) return;
  const patch = (): void => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    const settings = meta?.getAttribute('data-settings');
    if (!meta || settings === null || settings === undefined) return;
    observer.disconnect();
    // The server writes an object there; whatever else it holds is passed on untouched.
    const configuration = JSON.parse(settings) as { developmentOptions?: object };
    configuration.developmentOptions = { ...configuration.developmentOptions, ...development };
    meta.setAttribute('data-settings', JSON.stringify(configuration));
  };
  const observer = new MutationObserver(patch);
  observer.observe(document, { childList: true, subtree: true });
}
