import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { panelOf, untilState } from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';

const WAIT_MS = 60_000;
const THEMES = ['dark', 'light'] as const;
/** Width of a window whose page is legible as a picture in the walkthrough, which is half as wide as a window. */
const PICTURE_WIDTH = 900;
/** Heights of the same, so that what is to be seen is in it. */
const PICTURE_HEIGHTS = { firstQuestion: 660, readTrace: 900 } as const;

describe('the walkthrough in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useWindow('ui-guide', (opened) => {
    window = opened;
  });

  /** The page with the steps, opened anew or brought to the front. */
  async function walkthrough(): Promise<Locator> {
    await window.runCommand('MentorCollab: Get Started');
    const page = window.page.locator('.gettingStartedContainer .gettingStartedDetailsContent');
    await page.waitFor({ timeout: WAIT_MS });
    return page;
  }

  /** Opens a step, and clicks its button. */
  async function doStep(title: string, button: string): Promise<void> {
    const page = await walkthrough();
    const step = page.locator('.getting-started-step', { hasText: title });
    await step.locator('.step-title').click();
    await step.getByRole('button', { name: button, exact: true }).click();
  }

  /** Writes a page as the walkthrough shows it; the pictures in media/walkthrough are copies of these. */
  async function picture(name: keyof typeof PICTURE_HEIGHTS, theme: string, page: Frame): Promise<void> {
    const size = window.page.viewportSize();
    await window.page.setViewportSize({ width: PICTURE_WIDTH, height: PICTURE_HEIGHTS[name] });
    await page.waitForFunction((width) => document.documentElement.clientWidth < width, PICTURE_WIDTH);
    // A timeline is drawn anew for another width.
    await page.locator('.timeline svg').first().waitFor();
    await window.screenshot(`walkthrough-${name}-${theme}.png`, page.locator('body'));
    if (size) await window.page.setViewportSize(size);
  }

  async function untilDone(title: string): Promise<void> {
    const step = (await walkthrough()).locator('.getting-started-step', { hasText: title });
    await step
      .locator('.codicon-getting-started-step-checked, .complete')
      .first()
      .waitFor({ state: 'attached', timeout: WAIT_MS });
  }

  it('has a picture for every step, in every kind of theme', async () => {
    for (const theme of ['dark', 'light', 'highContrastDark', 'highContrastLight'] as const) {
      await window.useTheme(theme);
      const page = await walkthrough();
      for (const step of await page.locator('.getting-started-step').all()) {
        await step.locator('.step-title').click();
        const picture = page.locator('.getting-started-media img');
        await picture.waitFor({ timeout: WAIT_MS });
        const isShown = await picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0);
        assert.ok(isShown, await step.innerText());
      }
      await window.screenshot(`guide-${theme}.png`);
    }
  });

  for (const theme of THEMES) {
    it(`checks the machine (${theme})`, async () => {
      await window.useTheme(theme);
      await doStep('Check this machine', 'Check This Machine');
      const dialog = window.page.locator('.monaco-dialog-box', { hasText: 'MentorCollab works on this machine.' });
      await dialog.filter({ hasText: /Memory: [\d.]+ GiB/ }).waitFor({ timeout: WAIT_MS });
      await dialog.filter({ hasText: /Pairs that fit:\s*• .* \+ .* \(about [\d.]+ [GM]iB\)/ }).waitFor();
      await window.screenshot(`walkthrough-checkMachine-${theme}.png`, dialog);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await untilDone('Check this machine');
    });

    it(`lets choose a pair (${theme})`, async () => {
      await window.useTheme(theme);
      await doStep('Choose a pair', 'Choose a Pair');
      const list = window.page.locator('.quick-input-widget', { hasText: 'Choose Pair' });
      await list.waitFor({ timeout: WAIT_MS });
      await window.screenshot(`walkthrough-choosePair-${theme}.png`, list);
      await window.page.keyboard.press('Escape');
      await untilDone('Choose a pair');
    });

    it(`lets get models (${theme})`, async () => {
      await window.useTheme(theme);
      await doStep('Get the models', 'Download a Model');
      const list = window.page.locator('.quick-input-widget', { hasText: 'Download' });
      await list.waitFor({ timeout: WAIT_MS });
      await window.screenshot(`walkthrough-getModels-${theme}.png`, list);
      await window.page.keyboard.press('Escape');
      await untilDone('Get the models');
    });

    it(`solves a first question (${theme})`, async () => {
      await window.useTheme(theme);
      await doStep('Ask a first question', 'Ask a Sample Question');
      const panel = await panelOf(window);
      await untilState(panel, 'Done');
      await picture('firstQuestion', theme, panel);
      await untilDone('Ask a first question');
    });

    it(`opens a run to read (${theme})`, async () => {
      await window.useTheme(theme);
      // Only one page that shows a run, so that it is the one that is found.
      await window.runCommand('View: Close All Editors');
      await doStep('Read how it was solved', 'Open the Example Run');
      await window.page.locator('.tab.active', { hasText: 'eggs.mctrace.jsonl' }).waitFor({ timeout: WAIT_MS });
      const page = await window.webviewFrame('.mark-mentor');
      await page.locator('.mark-mentor').first().click();
      await page.locator('.inspector h2', { hasText: "the mentor's patch was taken" }).waitFor({ timeout: WAIT_MS });
      await picture('readTrace', theme, page);
      await untilDone('Read how it was solved');
    });
  }
});
