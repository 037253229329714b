import assert from 'node:assert/strict';
import type { PageSource, PanelPage, PanelPageOptions } from './panelPage.ts';
import { PanelBrowser } from './panelPage.ts';

/** A browser's tests take a second each; on a busy machine ten times that, and the longest of them more. */
export const SLOW_MACHINE_MS = 180_000;

/**
 * Starts a browser for the suite that calls this and gives a way to open panels in it. After each test every panel is
 * closed, and the test fails if one of them had an error, broke its policy or opened a dialog.
 */
export function usePanelBrowser(source?: PageSource): (options?: PanelPageOptions) => Promise<PanelPage> {
  let browser: PanelBrowser | null = null;
  let panels: PanelPage[] = [];
  before(async () => {
    browser = await PanelBrowser.start(source);
  });
  afterEach(async () => {
    const opened = panels;
    panels = [];
    const problems = opened.flatMap((panel) => panel.problems);
    await Promise.all(opened.map((panel) => panel.close()));
    assert.deepEqual(problems, []);
  });
  after(async () => {
    await browser?.close();
  });
  return async (options) => {
    if (!browser) throw new Error('A panel can only be opened inside a test.');
    const panel = await browser.open(options);
    panels.push(panel);
    return panel;
  };
}
