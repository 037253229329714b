import * as vscode from 'vscode';
import { formatCount } from '../../../export/formatNumbers.ts';
import type { TraceLine } from '../../../protocol/trace.ts';
import { CONTEXT_KEYS } from '../../commandIds.ts';
import type { ContextKeys } from '../../contextKeys.ts';
import { Disposable } from '../../disposable.ts';
import type { HostLog } from '../../hostLog.ts';
import type { ActiveRun, ActiveRunChange } from '../../selection/activeRun.ts';
import type { DecisionsSoFar } from '../../selection/decisionLog.ts';
import { createDecisionItem } from './decisionItem.ts';
import { decisionTooltip, filterLine, summaryLine } from './decisionText.ts';
import type { DecisionLeaf, DecisionNode } from './decisionTree.ts';
import { DecisionTree } from './decisionTree.ts';
import type { OutcomeFilter } from './outcomeFilter.ts';
import { isHiding } from './outcomeFilter.ts';
import type { StoredFilter } from './storedFilter.ts';

/** The view's id, as package.json declares it. */
const DECISIONS_VIEW_ID = 'mentorcollab.decisions';

export interface DecisionsViewOptions {
  readonly activeRun: ActiveRun;
  readonly filter: StoredFilter;
  readonly contextKeys: ContextKeys;
  readonly log: HostLog;
}

/** The decisions of the active run as a tree beside it, whose selection is the step that is open there. */
export class DecisionsView extends Disposable implements vscode.TreeDataProvider<DecisionNode> {
  readonly #options: DecisionsViewOptions;
  readonly #view: vscode.TreeView<DecisionNode>;
  readonly #treeChanged = this.register(new vscode.EventEmitter<DecisionNode | undefined>());
  #tree: DecisionTree;
  /** Tells the runs that were shown here from each other. */
  readonly #runNames = new WeakMap<readonly TraceLine[], string>();
  #runsShown = 0;

  readonly onDidChangeTreeData = this.#treeChanged.event;

  constructor(options: DecisionsViewOptions) {
    super();
    this.#options = options;
    this.#tree = new DecisionTree(options.filter.outcomes);
    this.#view = this.register(vscode.window.createTreeView(DECISIONS_VIEW_ID, { treeDataProvider: this }));
    this.register(
      options.activeRun.onDidChange((change) => {
        this.#follow(change);
      }),
    );
    this.register(
      options.filter.onDidChange(() => {
        this.#rebuild();
      }),
    );
    this.register(
      this.#view.onDidChangeVisibility(() => {
        this.#reveal(false);
      }),
    );
    this.#rebuild();
  }

  getChildren(node?: DecisionNode): readonly DecisionNode[] & DecisionNode[] {
    if (!node) return [...this.#tree.roots];
    return node.type === 'group' ? [...node.leaves] : [];
  }

  getParent(node: DecisionNode): DecisionNode | null {
    return node.type === 'decision' ? this.#tree.groupOf(node) : null;
  }

  getTreeItem(node: DecisionNode): vscode.TreeItem {
    return createDecisionItem(node, this.#runName());
  }

  resolveTreeItem(item: vscode.TreeItem, node: DecisionNode): vscode.TreeItem {
    if (node.type === 'decision') item.tooltip = new vscode.MarkdownString(decisionTooltip(node.decision));
    return item;
  }

  #follow(change: ActiveRunChange): void {
    switch (change.type) {
      case 'run-changed':
        this.#rebuild();
        return;
      case 'run-grown':
        this.#grow();
        return;
      case 'step-selected':
        this.#reveal(change.isOurs);
    }
  }

  #rebuild(): void {
    const { activeRun, filter, contextKeys } = this.#options;
    this.#tree = new DecisionTree(filter.outcomes);
    this.#tree.grow(activeRun.decisions?.decisions ?? []);
    contextKeys.tell(CONTEXT_KEYS.showsRun, activeRun.lines !== null);
    contextKeys.tell(CONTEXT_KEYS.isDecisionFilterOn, isHiding(filter.outcomes));
    this.#describe();
    this.#treeChanged.fire(undefined);
    this.#reveal(false);
  }

  #grow(): void {
    const change = this.#tree.grow(this.#options.activeRun.decisions?.decisions ?? []);
    this.#describe();
    if (change !== 'nothing') this.#treeChanged.fire(change === 'all' ? undefined : change);
  }

  /** Says above the list what it holds, and what it does not. */
  #describe(): void {
    const { activeRun, filter } = this.#options;
    const run = activeRun.decisions;
    const isFiltered = isHiding(filter.outcomes);
    const shown =
      run && isFiltered ? [`Showing ${formatCount(this.#tree.size)} of ${formatCount(run.counts.probes)}`] : [];
    this.#set('description', [...shown, activeRun.page?.name ?? []].flat().join(' · '));
    // Without a message an empty list has room for the ways out.
    const isAllHidden = isFiltered && this.#tree.size === 0 && (run?.counts.probes ?? 0) > 0;
    this.#set('message', run && !isAllHidden ? messageOf(run, filter.outcomes) : '');
  }

  #set(part: 'description' | 'message', text: string): void {
    if ((this.#view[part] ?? '') === text) return;
    this.#view[part] = text;
  }

  /** Selects the decision that is open, or none; never opens the view, and takes the focus only where it is here already. */
  #reveal(focus: boolean): void {
    if (!this.#view.visible) return;
    const { selectedStep } = this.#options.activeRun;
    const leaf = selectedStep === null ? null : this.#tree.leafAt(selectedStep);
    const selected = this.#view.selection[0];
    if (!leaf) {
      if (selected?.type === 'decision') this.#deselect(selected);
      return;
    }
    if (selected === leaf && !focus) return;
    this.#view.reveal(leaf, { select: true, focus }).then(undefined, (thrown: unknown) => {
      // The list was built anew meanwhile, which reveals once more.
      this.#options.log.debug(`A decision could not be revealed: ${String(thrown)}`);
    });
  }

  /** VS Code has no way to select nothing; but an item that it has not seen yet is not selected. */
  #deselect(leaf: DecisionLeaf): void {
    this.#tree.renew(leaf);
    this.#treeChanged.fire(this.#tree.groupOf(leaf) ?? undefined);
  }

  #runName(): string {
    const { lines } = this.#options.activeRun;
    if (!lines) return 'none';
    const name = this.#runNames.get(lines) ?? `run${(this.#runsShown += 1)}`;
    this.#runNames.set(lines, name);
    return name;
  }
}

function messageOf(run: DecisionsSoFar, filter: OutcomeFilter): string {
  return [summaryLine(run), filterLine(filter, run.counts) ?? []].flat().join('. ');
}
