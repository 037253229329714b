import { basename } from 'node:path';
import type { Locator } from 'playwright-core';
import type { VsCodeWindow } from '../../support/vscode/vscodeWindow.ts';
import { chooseFromMenu, pressInRow, sideBarView } from './sideBarView.ts';

const WAIT_MS = 60_000;

/** The view of models in a VS Code window, and the lists and dialogs that its commands open. */
export class ModelRows {
  readonly pane: Locator;
  readonly rows: Locator;
  readonly #window: VsCodeWindow;

  constructor(window: VsCodeWindow) {
    this.#window = window;
    this.pane = sideBarView(window.page, 'Models');
    this.rows = this.pane.locator('.monaco-list-row');
  }

  /** Opens the view, with all the room there is. */
  async open(): Promise<void> {
    await this.#window.runCommand('MentorCollab: Show Models');
    await this.pane.locator('.monaco-list').waitFor({ timeout: WAIT_MS });
    for (const other of ['Runs', 'Decisions']) {
      const header = this.#window.page.locator(`.pane-header[aria-label^="${other}"]`);
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    }
    await this.until('Roles');
  }

  /** The first row with this text. */
  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text }).first();
  }

  /** Waits until a row has all these texts, and gives it. */
  async until(...texts: readonly (string | RegExp)[]): Promise<Locator> {
    const row = texts.reduce((rows, text) => rows.filter({ hasText: text }), this.rows).first();
    await row.waitFor({ timeout: WAIT_MS });
    return row;
  }

  /** Waits until no row has this text. */
  async untilGone(text: string | RegExp): Promise<void> {
    await this.rows.filter({ hasText: text }).first().waitFor({ state: 'detached', timeout: WAIT_MS });
  }

  /** Chooses from the menu of a row. */
  async choose(row: Locator, label: string): Promise<void> {
    await chooseFromMenu(this.#window.page, row, label);
  }

  /** Presses a button at the end of a row. */
  async press(row: Locator, label: string): Promise<void> {
    await pressInRow(row, label);
  }

  /** Presses a button in the view's title. */
  async pressTitle(label: string): Promise<void> {
    await this.pane.locator('.pane-header').hover();
    await this.pane.locator(`.pane-header .action-label[aria-label="${label}"]`).click();
  }

  /** Drops what a file manager or the explorer would: addresses of files. */
  async drop(uris: readonly string[]): Promise<void> {
    const data = await this.#window.page.evaluateHandle((lines) => {
      const transfer = new DataTransfer();
      transfer.setData('text/uri-list', lines.join('\r\n'));
      return transfer;
    }, uris);
    const row = await this.until('Installed');
    for (const type of ['dragenter', 'dragover', 'drop']) await row.dispatchEvent(type, { dataTransfer: data });
  }

  /** Opens or closes the lines below a row. */
  async toggle(row: Locator): Promise<void> {
    await row.locator('.monaco-tl-twistie').click();
  }

  /** Picks the first entry of an open list that holds this text. */
  async pick(text: string | RegExp): Promise<void> {
    const entry = this.#window.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await entry.waitFor({ timeout: WAIT_MS });
    await entry.click();
  }

  /** Types into the open input box whose title or prompt has this text, and accepts. */
  async type(box: string, text: string): Promise<void> {
    const widget = this.#window.page.locator('.quick-input-widget', { hasText: box });
    await widget.waitFor({ timeout: WAIT_MS });
    await widget.locator('input').first().fill(text);
    await this.#window.page.keyboard.press('Enter');
  }

  /** Chooses a file in the open file dialog with this title, by its path. */
  async openFile(title: string, path: string): Promise<void> {
    const widget = this.#window.page.locator('.quick-input-widget', { hasText: title });
    const input = widget.locator('input').first();
    const entries = widget.locator('.quick-input-list .monaco-list-row');
    // It shows its first folder late, and puts that folder's path over what was typed before.
    await entries.first().waitFor({ timeout: WAIT_MS });
    await input.fill(path);
    await entries
      .filter({ hasText: basename(path) })
      .first()
      .click();
    await widget.waitFor({ state: 'hidden', timeout: WAIT_MS });
  }

  /** The dialog that holds this text. */
  dialog(text: string | RegExp): Locator {
    return this.#window.page.locator('.monaco-dialog-box', { hasText: text });
  }

  /** Answers the dialog that holds this text. */
  async answer(text: string | RegExp, button: string): Promise<void> {
    const dialog = this.dialog(text);
    await dialog.waitFor({ timeout: WAIT_MS });
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'detached', timeout: WAIT_MS });
  }

  /** The notification that holds this text. */
  notification(text: string | RegExp): Locator {
    return this.#window.page.locator('.notifications-toasts .notification-toast', { hasText: text });
  }
}
