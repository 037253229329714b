import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** What of a page counts as a problem: what it writes to the console always, and where asked for any request or error. */
export interface PageOptions extends BrowserContextOptions {
  readonly isStrict?: boolean;
}

/**
 * Starts a browser for the suite that calls this and gives a way to open documents in it. After each test every page is
 * closed, and the test fails if one of them had a problem.
 */
export function usePages(): (html: string, options?: PageOptions) => Promise<Page> {
  let browser: Browser | null = null;
  const pages: { readonly page: Page; readonly problems: string[] }[] = [];
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });
  afterEach(async () => {
    const opened = pages.splice(0);
    await Promise.all(opened.map(({ page }) => page.context().close()));
    assert.deepEqual(
      opened.flatMap(({ problems }) => problems),
      [],
    );
  });
  after(async () => {
    await browser?.close();
  });
  return async (html, { isStrict = false, ...options } = {}) => {
    const context = await browser?.newContext(options);
    const page = (await context?.newPage()) ?? assert.fail('A page can only be opened inside a test.');
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    if (isStrict) {
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('request', (request) => problems.push(request.url()));
    }
    pages.push({ page, problems });
    await page.setContent(html);
    return page;
  };
}
