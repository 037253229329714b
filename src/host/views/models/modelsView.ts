import * as vscode from 'vscode';
import { describeThrown } from '../../describeThrown.ts';
import { Disposable } from '../../disposable.ts';
import type { HostLog } from '../../hostLog.ts';
import type { ModelsState } from '../../models/modelsState.ts';
import { ModelDrop } from './modelDrop.ts';
import type { ModelsElement } from './modelsElement.ts';
import type { ModelsNode } from './modelsNode.ts';
import { accessibleLabel } from './modelsNode.ts';
import { modelsTree } from './modelsTree.ts';

/** Id of the view, as package.json declares it. */
export const MODELS_VIEW = 'mentorcollab.models';

export interface ModelsViewOptions {
  readonly state: ModelsState;
  readonly log: HostLog;
  /** Imports files that were dropped on the view. */
  readonly importFiles: (paths: readonly string[]) => Promise<unknown>;
  readonly tellFailure: (thrown: unknown) => void;
}

/** The view of models: roles, what is installed, what is being downloaded, servers, and what can be had. */
export class ModelsView extends Disposable implements vscode.TreeDataProvider<ModelsElement> {
  readonly #options: ModelsViewOptions;
  readonly #changed = this.register(new vscode.EventEmitter<ModelsElement | undefined>());
  readonly #view: vscode.TreeView<ModelsElement>;
  readonly #elements = new Map<string, ModelsElement>();
  readonly #nodes = new Map<string, ModelsNode>();
  readonly #parents = new Map<string, string>();
  #roots: readonly ModelsNode[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: ModelsViewOptions) {
    super();
    this.#options = options;
    const dragAndDropController = new ModelDrop(options.importFiles, options.tellFailure);
    this.#view = this.register(
      vscode.window.createTreeView(MODELS_VIEW, {
        treeDataProvider: this,
        showCollapseAll: true,
        dragAndDropController,
      }),
    );
    this.register(
      options.state.onDidUpdate((part) => {
        if (!this.#view.visible) return;
        this.#refresh();
        // There may be files that nobody has looked at yet.
        if (part === 'all') void options.state.inspect();
      }),
    );
    this.register(
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#look();
      }),
    );
    if (this.#view.visible) this.#look();
  }

  /** Looks at what could not be looked at before, if anybody sees it. */
  lookAgain(): void {
    if (this.#view.visible) this.#look();
  }

  /** Opens the view, and goes to a role's line. */
  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${MODELS_VIEW}.focus`);
  }

  getTreeItem(element: ModelsElement): vscode.TreeItem {
    const node = this.#nodes.get(element.id);
    return node ? treeItem(node, element) : new vscode.TreeItem('');
  }

  getChildren(element?: ModelsElement): ModelsElement[] {
    if (!element && this.#roots.length === 0) this.#build();
    const nodes = element ? (this.#nodes.get(element.id)?.children ?? []) : this.#roots;
    return nodes.map((node) => this.#element(node));
  }

  getParent(element: ModelsElement): ModelsElement | null {
    const parent = this.#nodes.get(this.#parents.get(element.id) ?? '');
    return parent ? this.#element(parent) : null;
  }

  /** Reads what is shown, now that somebody looks. */
  #look(): void {
    const { state, log } = this.#options;
    state
      .start()
      .then(() => state.inspect())
      .catch((thrown: unknown) => {
        log.warn(`The models could not be listed: ${describeThrown(thrown)}`);
      });
  }

  /**
   * Draws anew what has changed, and nothing else: a line that is drawn anew loses the pointer, and for a moment VS Code
   * no longer knows what a menu that is open on it stands for.
   */
  #refresh(): void {
    const before = this.#roots;
    this.#build();
    const after = this.#roots;
    if (before.length !== after.length || before.some(({ id }, index) => id !== after[index]?.id)) {
      this.#changed.fire(undefined);
      return;
    }
    for (const [index, root] of after.entries()) {
      if (JSON.stringify(before[index]) !== JSON.stringify(root)) this.#changed.fire(this.#element(root));
    }
  }

  #build(): void {
    this.#roots = modelsTree(this.#options.state.snapshot);
    this.#nodes.clear();
    this.#parents.clear();
    const add = (node: ModelsNode, parent: string | null): void => {
      this.#nodes.set(node.id, node);
      if (parent !== null) this.#parents.set(node.id, parent);
      for (const child of node.children) add(child, node.id);
    };
    for (const root of this.#roots) add(root, null);
  }

  #element({ id, target }: ModelsNode): ModelsElement {
    const known = this.#elements.get(id);
    if (known && JSON.stringify(known.target) === JSON.stringify(target)) return known;
    const element = { id, target };
    this.#elements.set(id, element);
    return element;
  }
}

function treeItem(node: ModelsNode, element: ModelsElement): vscode.TreeItem {
  const { label, description, children, isOpen, icon, color, context, command, id } = node;
  const { Expanded, Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, children.length === 0 ? None : isOpen ? Expanded : Collapsed);
  item.id = id;
  item.description = description;
  item.contextValue = context.join(' ');
  item.accessibilityInformation = { label: accessibleLabel(node) };
  if (icon !== null)
    item.iconPath = new vscode.ThemeIcon(icon, color === null ? undefined : new vscode.ThemeColor(color));
  if (node.tooltip !== null) {
    item.tooltip = new vscode.MarkdownString(node.tooltip);
    item.tooltip.isTrusted = false;
    item.tooltip.supportHtml = false;
  }
  if (command !== null) item.command = { command, title: label, arguments: [element] };
  return item;
}
