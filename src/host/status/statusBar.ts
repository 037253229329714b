import * as vscode from 'vscode';
import { MODEL_COMMAND_IDS } from '../commandIds.ts';
import { Disposable } from '../disposable.ts';
import type { ModelsState } from './modelsState.ts';
import { statusText } from './statusText.ts';
import { LINKED_COMMANDS } from './statusTooltip.ts';
import type { StatusWatchOptions } from './statusWatch.ts';
import { StatusWatch } from './statusWatch.ts';

/** Left of what VS Code itself tells of the open file. */
const PRIORITY = 110;

/** The item in the status bar: the models at one glance, and everything about them in its tooltip. */
export class StatusBar extends Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor(options: StatusWatchOptions) {
    super();
    const watch = this.register(new StatusWatch(options));
    this.#item = this.register(
      vscode.window.createStatusBarItem('mentorcollab.status', vscode.StatusBarAlignment.Right, PRIORITY),
    );
    this.#item.name = 'MentorCollab';
    this.#item.command = MODEL_COMMAND_IDS.showModels;
    this.register(
      watch.onDidChange((state) => {
        this.#show(state);
      }),
    );
    this.#show(watch.current);
    this.#item.show();
  }

  #show(state: ModelsState): void {
    const { text, tooltip, label } = statusText(state);
    // Each assignment goes to the window, and takes an open tooltip away.
    if (this.#item.text !== text) this.#item.text = text;
    const shown = this.#item.tooltip;
    if (!(shown instanceof vscode.MarkdownString) || shown.value !== tooltip) this.#item.tooltip = trusted(tooltip);
    if (this.#item.accessibilityInformation?.label !== label)
      this.#item.accessibilityInformation = { label, role: 'button' };
  }
}

/** Markdown whose links may run the commands that it is known to have, and no others. */
function trusted(markdown: string): vscode.MarkdownString {
  const value = new vscode.MarkdownString(markdown, true);
  value.isTrusted = { enabledCommands: LINKED_COMMANDS };
  return value;
}
