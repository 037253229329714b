import * as vscode from 'vscode';

export interface FilterBoxOptions {
  readonly filter: string;
  /** Called with every change of the text, and with the text as it was when the user gives up. */
  readonly onChange: (filter: string) => void;
}

/** An input box that filters as one types: Enter keeps the filter, Escape brings back the one before. */
export function askForFilter({ filter, onChange }: FilterBoxOptions): void {
  const box = vscode.window.createInputBox();
  let isAccepted = false;
  box.title = 'Search Runs';
  box.placeholder = 'Words of the question, title, answer, models or preset';
  box.prompt = 'Enter keeps the filter, Escape takes it back.';
  box.value = filter;
  // A click on a run that was found must not take the filter back.
  box.ignoreFocusOut = true;
  box.onDidChangeValue(onChange);
  box.onDidAccept(() => {
    isAccepted = true;
    box.hide();
  });
  box.onDidHide(() => {
    if (!isAccepted) onChange(filter);
    box.dispose();
  });
  box.show();
}
