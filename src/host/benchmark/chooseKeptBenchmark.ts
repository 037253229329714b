import * as vscode from 'vscode';
import type { BenchmarkSummary } from './benchmarkSummary.ts';
import { isWhole } from './benchmarkSummary.ts';
import { benchmarkItem } from './benchmarkItems.ts';

/** What can be done with a kept benchmark from a list. */
export type KeptAction = 'open' | 'go-on' | 'save' | 'reveal' | 'delete';

/** What was chosen. */
export interface KeptChoice {
  readonly name: string;
  readonly action: KeptAction;
}

type Button = vscode.QuickInputButton & { readonly action: KeptAction };
type Line = vscode.QuickPickItem & { readonly name: string };

const GO_ON: Button = { iconPath: new vscode.ThemeIcon('debug-continue'), tooltip: 'Go On', action: 'go-on' };
const BUTTONS: readonly Button[] = [
  { iconPath: new vscode.ThemeIcon('save-as'), tooltip: 'Save Report…', action: 'save' },
  { iconPath: new vscode.ThemeIcon('folder-opened'), tooltip: 'Reveal in File Manager', action: 'reveal' },
  { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Delete…', action: 'delete' },
];

/** Lets the user choose a kept benchmark, and what is to be done with it; undefined when they give up. */
export function chooseKeptBenchmark(
  summaries: readonly BenchmarkSummary[],
  activeName: string | null,
): Promise<KeptChoice | undefined> {
  const list = vscode.window.createQuickPick<Line>();
  list.title = 'Open Benchmark Report';
  list.placeholder = 'Choose a benchmark; its buttons go on with it, save, reveal or delete';
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.ignoreFocusOut = true;
  list.items = summaries.map((summary) => {
    const isRunning = summary.name === activeName;
    const canGoOn = !isRunning && !summary.isElsewhere && !isWhole(summary);
    return {
      ...benchmarkItem(summary, { isRunning, language: vscode.env.language }),
      name: summary.name,
      buttons: [...(canGoOn ? [GO_ON] : []), ...BUTTONS],
    };
  });
  return new Promise((resolve) => {
    const end = (choice: KeptChoice | undefined): void => {
      resolve(choice);
      list.dispose();
    };
    list.onDidAccept(() => {
      const [line] = list.selectedItems;
      if (line) end({ name: line.name, action: 'open' });
    });
    list.onDidTriggerItemButton(({ item, button }) => {
      // One of ours, as they were given.
      end({ name: item.name, action: (button as Button).action });
    });
    list.onDidHide(() => {
      end(undefined);
    });
    list.show();
  });
}
