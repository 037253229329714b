import * as vscode from 'vscode';

/** A question of several that follow one another. */
export interface Step<Value> {
  readonly title: string;
  readonly placeHolder: string;
  /** Which question it is, from 1, and of how many. */
  readonly step: number;
  readonly totalSteps: number;
  /** Lines with what they mean; a line that means nothing is a heading. */
  readonly lines: readonly StepLine<Value>[];
  /** Whether several lines can be chosen, at least one; those that are `picked` are so at first. */
  readonly isMany?: boolean;
}

export type StepLine<Value> = vscode.QuickPickItem & { readonly means?: Value };

/** Asks one question; what was chosen, `back` for the question before, or undefined when the user gives up. */
export function pickStep<Value>({
  title,
  placeHolder,
  step,
  totalSteps,
  lines,
  isMany = false,
}: Step<Value>): Promise<readonly Value[] | 'back' | undefined> {
  const list = vscode.window.createQuickPick<StepLine<Value>>();
  Object.assign(list, { title, step, totalSteps, placeholder: placeHolder, ignoreFocusOut: true });
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.canSelectMany = isMany;
  list.items = lines;
  list.buttons = step > 1 ? [vscode.QuickInputButtons.Back] : [];
  const picked = lines.filter((line) => line.picked === true);
  if (isMany) list.selectedItems = picked;
  else list.activeItems = picked;
  return new Promise((resolve) => {
    const end = (answer: readonly Value[] | 'back' | undefined): void => {
      resolve(answer);
      list.dispose();
    };
    list.onDidAccept(() => {
      const chosen = list.selectedItems.flatMap(({ means }) => (means === undefined ? [] : [means]));
      if (chosen.length > 0) end(chosen);
      else list.placeholder = 'Choose at least one';
    });
    list.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) end('back');
    });
    list.onDidHide(() => {
      end(undefined);
    });
    list.show();
  });
}
