import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { VsCodeWindow } from '../../support/vscode/vscodeWindow.ts';
import { sideBarView } from './sideBarView.ts';

const WAIT_MS = 60_000;

/** The view of decisions in a VS Code window. */
export class DecisionRows {
  readonly pane: Locator;
  readonly rows: Locator;
  readonly #window: VsCodeWindow;

  constructor(window: VsCodeWindow) {
    this.#window = window;
    this.pane = sideBarView(window.page, 'Decisions');
    this.rows = this.pane.locator('.monaco-list-row');
  }

  /** Opens the side bar with the view. */
  async open(): Promise<void> {
    await this.#window.runCommand('View: Show MentorCollab');
    await this.pane.waitFor({ timeout: WAIT_MS });
  }

  /** The row with this text. */
  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** Rows as they can be read: label and description. */
  async texts(): Promise<readonly string[]> {
    const parts = await this.rows.evaluateAll((rows) =>
      rows.map((row) =>
        ['.label-name', '.label-description'].map((part) => row.querySelector(part)?.textContent ?? '').join(' '),
      ),
    );
    return parts.map((text) => text.replaceAll('\u00a0', ' ').trim());
  }

  async untilMessage(text: string | RegExp): Promise<void> {
    const exact = typeof text === 'string' ? new RegExp(`^${escaped(text)}$`) : text;
    await this.pane.locator('.message').filter({ hasText: exact }).waitFor({ timeout: WAIT_MS });
  }

  /** Waits until the view's title has this beside its name. */
  async untilTitle(text: string): Promise<void> {
    // Alone in its container, the view has no title bar of its own.
    const description = this.pane.locator('.pane-header .description', { hasText: text });
    await description.waitFor({ state: 'attached', timeout: WAIT_MS });
  }

  /** Waits until a row with this text is the selected one, or none is; gives its text. */
  async untilSelected(text: string | RegExp | null): Promise<string> {
    const selected = this.pane.locator('.monaco-list-row.selected');
    if (text === null) {
      await selected.waitFor({ state: 'detached', timeout: WAIT_MS });
      return '';
    }
    const row = selected.filter({ hasText: text });
    await row.waitFor({ timeout: WAIT_MS });
    assert.equal(await selected.count(), 1);
    return row.innerText();
  }

  /** Whether the list has the focus of the keyboard. */
  async hasFocus(): Promise<boolean> {
    return this.pane.locator('.monaco-list').evaluate((list) => list.contains(document.activeElement));
  }

  /** Chooses these outcomes, and no others, by the command of the title bar. */
  async chooseOutcomes(labels: readonly string[]): Promise<void> {
    await this.pane.hover();
    const sideBar = this.#window.page.locator('.part.sidebar');
    await sideBar.getByRole('button', { name: 'Filter Decisions…' }).first().click();
    const list = this.#window.page.locator('.quick-input-widget');
    await list.locator('.quick-input-title', { hasText: 'Filter Decisions' }).waitFor();
    for (const row of await list.locator('.monaco-list-row').all()) {
      const text = await row.innerText();
      const isWanted = labels.some((label) => text.includes(label));
      const box = row.getByRole('checkbox');
      if ((await box.isChecked()) !== isWanted) await row.click();
    }
    await list.getByRole('button', { name: 'OK' }).click();
    await list.waitFor({ state: 'hidden' });
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
