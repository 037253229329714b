import * as vscode from 'vscode';
import type { CONTEXT_KEYS } from './commandIds.ts';

/** Tells menus and key bindings what can be done; a value that they know already is not told again. */
export class ContextKeys {
  readonly #told = new Map<string, boolean>();

  /** Sets one key. */
  tell(key: (typeof CONTEXT_KEYS)[keyof typeof CONTEXT_KEYS], value: boolean): void {
    if (this.#told.get(key) === value) return;
    this.#told.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
