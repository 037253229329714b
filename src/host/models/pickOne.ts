import * as vscode from 'vscode';
import type { ModelPick, Picked, PickGroup } from './modelPicks.ts';

type Line = vscode.QuickPickItem & { readonly means?: Picked };

/** Lets the user choose one line of a list with headings; undefined when they give up. */
export async function pickOne(
  groups: readonly PickGroup[],
  options: { readonly title: string; readonly placeHolder: string },
): Promise<Picked | undefined> {
  const lines = groups.flatMap(({ heading, picks }): Line[] => [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...picks.map(lineOf),
  ]);
  const chosen = await vscode.window.showQuickPick(lines, {
    ...options,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.means;
}

function lineOf({ label, description, detail, picked }: ModelPick): Line {
  return { label, description, means: picked, ...(detail === null ? {} : { detail }) };
}
