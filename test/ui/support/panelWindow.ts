import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { VsCodeWindowOptions } from '../../support/vscode/vscodeWindow.ts';
import { VsCodeWindow } from '../../support/vscode/vscodeWindow.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const WAIT_MS = 60_000;

/** The demo generator gets this one wrong alone, and right with one patch of its mentor, under the default settings. */
export const HELPED =
  'Paul has 6 eggs. He buys 2 packs with 6 eggs in each pack. Then he triples the number of eggs. He loses 12 of them. He loses 6 of them. How many eggs are left with Paul?';
export const ORDERING = 'Ben is taller than Mia. Leo is taller than Ben. Who is the tallest?';

/** Problems of the demo pair, and one that it does not know. */
export const PROBLEMS = `# Problems\n\n${HELPED}\n\n${ORDERING}\n\nWhy is the sky blue?\n`;
/** Lines of {@link PROBLEMS}, counted from 1. */
export const LINES = { helped: 3, ordering: 5, unknown: 7 } as const;

/** What a window can have of its own. */
export type PanelWindowOptions = Partial<Pick<VsCodeWindowOptions, 'settings' | 'files' | 'theme' | 'asksForTrust'>>;

/** A window with the extension as it is built here, and a file of problems. */
export async function openWindow(name: string, options: PanelWindowOptions = {}): Promise<VsCodeWindow> {
  const window = await VsCodeWindow.open({
    name,
    extension: root,
    theme: 'dark',
    ...options,
    // A file that is open already is shown where it is, not once more beside the panel.
    settings: { 'workbench.editor.revealIfOpen': true, ...options.settings },
    files: { 'problems.md': PROBLEMS, 'other.md': 'Something else.\n', ...options.files },
  });
  // Room for editor and panel.
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  return window;
}

/** Opens the file of problems and selects one. */
export async function selectProblem(window: VsCodeWindow, line: number): Promise<void> {
  await window.openFile('problems.md');
  await window.selectLines(line, line);
}

/** The panel's document, wherever VS Code has put it. */
export function panelOf(window: VsCodeWindow): Promise<Frame> {
  return window.webviewFrame('#root > .panel');
}

/** Marks the run on show, so that {@link untilNewRun} can tell the next one from it: each run has an element of its own. */
export async function markShownRun(window: VsCodeWindow): Promise<void> {
  for (const frame of window.page.frames()) {
    // A frame that goes away while it is asked shows no run any more.
    await frame
      .locator('main.run')
      .evaluateAll((runs) => {
        for (const run of runs) run.setAttribute('data-seen', '');
      })
      .catch(() => undefined);
  }
}

/** Waits until the panel shows a run that was not there at {@link markShownRun}. */
export async function untilNewRun(panel: Frame): Promise<void> {
  await panel.locator('main.run:not([data-seen])').waitFor({ timeout: WAIT_MS });
}

/** Waits until the panel's state line says this, such as `Done`. */
export async function untilState(panel: Frame, text: string | RegExp): Promise<void> {
  await panel.locator('.state-text', { hasText: text }).waitFor({ timeout: WAIT_MS });
}

/** Waits until the panel shows this question as the one of its run. */
export async function untilQuestion(panel: Frame, question: string): Promise<void> {
  await panel.locator('#question', { hasText: question }).waitFor({ timeout: WAIT_MS });
}

/** The solution as the panel shows it. */
export async function shownText(panel: Frame): Promise<string> {
  // Not as it is laid out: what is far from the sight is not.
  return ((await panel.locator('.words').textContent()) ?? '').trim();
}

/** The button of that name in the panel. */
export function button(panel: Frame, name: string) {
  return panel.getByRole('button', { name, exact: true });
}
