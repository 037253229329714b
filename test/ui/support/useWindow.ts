import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENDLESS_SETTINGS, writeEndlessModel } from '../../support/models/endlessModel.ts';
import type { VsCodeWindow } from '../../support/vscode/vscodeWindow.ts';
import type { PanelWindowOptions } from './panelWindow.ts';
import { openWindow } from './panelWindow.ts';

/**
 * One window for all tests of a suite, closed behind them; a try that fails leaves a picture of it, `<name>-failed-1.png`.
 *
 * @param onOpened - gets the window before the first test.
 */
export function useWindow(
  name: string,
  onOpened: (window: VsCodeWindow) => void,
  options: () => PanelWindowOptions | Promise<PanelWindowOptions> = () => ({}),
): void {
  let window: VsCodeWindow;

  before(async () => {
    window = await openWindow(name, await options());
    onOpened(window);
  });

  after(() => window.close());

  // What a failed try has left open is in the way of the next one.
  beforeEach(async function () {
    const { currentTest } = this;
    if (currentTest === undefined || retryOf(currentTest) === 0) return;
    for (let count = 0; count < 3; count++) await window.page.keyboard.press('Escape');
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await window.screenshot(`${name}-failed-${retryOf(this.currentTest) + 1}.png`);
  });
}

/** How often a test has been tried already; Mocha's typings lack it. */
function retryOf(test: Mocha.Test): number {
  return (test as Mocha.Test & { currentRetry(): number }).currentRetry();
}

/** As {@link useWindow}, with models whose runs go on until they are stopped. */
export function useEndlessWindow(name: string, onOpened: (window: VsCodeWindow) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-'));
  const endless = join(folder, 'endless.gguf');

  useWindow(name, onOpened, async () => {
    await writeEndlessModel(endless);
    return {
      settings: {
        'mentorcollab.generator': endless,
        'mentorcollab.mentor': endless,
        'mentorcollab.contextSize': ENDLESS_SETTINGS.contextSize,
        'mentorcollab.maxTokens': ENDLESS_SETTINGS.maxTokens,
      },
    };
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
}
