import * as vscode from 'vscode';
import { CONTEXT_KEYS } from '../../commandIds.ts';
import type { ContextKeys } from '../../contextKeys.ts';
import { describeThrown } from '../../describeThrown.ts';
import type { DisposableLike } from '../../disposable.ts';
import { Disposable } from '../../disposable.ts';
import type { RunHistory } from '../../history/runHistory.ts';
import type { HostLog } from '../../hostLog.ts';
import type { RunController } from '../../runs/runController.ts';
import type { RunStore } from '../../runs/runStore.ts';
import type { Scheduler } from '../../scheduler.ts';
import { askForFilter } from './askForFilter.ts';
import { nextDayMs } from './dayLabel.ts';
import type { RunsElement } from './runsElement.ts';
import type { ItemOptions } from './runsItems.ts';
import { dayItem, runItem } from './runsItems.ts';
import type { RunsTree } from './runsTree.ts';
import { runsTree } from './runsTree.ts';
import { runTooltipOf } from './runTooltipOf.ts';

/** Id of the view, as package.json declares it. */
const RUNS_VIEW = 'mentorcollab.runs';

export interface RunsViewOptions {
  readonly history: RunHistory;
  readonly runs: Pick<RunController, 'current' | 'onDidChange'>;
  readonly store: Pick<RunStore, 'pathOf'>;
  readonly contextKeys: ContextKeys;
  readonly scheduler: Scheduler;
  readonly log: HostLog;
  /** Clock in epoch milliseconds. */
  readonly now: () => number;
}

/** The view of all kept runs: by day, branches below their parents, found by words. */
export class RunsView extends Disposable implements vscode.TreeDataProvider<RunsElement> {
  readonly #options: RunsViewOptions;
  readonly #changed = this.register(new vscode.EventEmitter<undefined>());
  readonly #view: vscode.TreeView<RunsElement>;
  /** One object for each element, by which VS Code knows it again. */
  readonly #elements = new Map<string, RunsElement>();
  #filter = '';
  #tree: RunsTree;
  #dayTimer: DisposableLike | null = null;
  /** The run on show that the view has last gone to. */
  #revealed: string | null = null;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: RunsViewOptions) {
    super();
    this.#options = options;
    const { history, runs } = options;
    this.#tree = this.#createTree();
    this.#view = this.register(
      vscode.window.createTreeView(RUNS_VIEW, { treeDataProvider: this, canSelectMany: true, showCollapseAll: true }),
    );
    this.register(
      history.onDidUpdate(() => {
        this.#refresh();
      }),
    );
    this.register(
      runs.onDidChange(({ type }) => {
        if (type === 'run-replaced') this.#reveal();
        else if (type === 'run-hidden') this.#revealed = null;
      }),
    );
    this.register(
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (!visible) return;
        this.#revealed = null;
        this.#reveal();
      }),
    );
    this.register({ dispose: () => this.#dayTimer?.dispose() });
    this.#refresh();
  }

  /** The runs that are selected in the view. */
  get selectedRunIds(): readonly string[] {
    return this.#view.selection.flatMap((element) => (element.type === 'run' ? [element.runId] : []));
  }

  /** Lets the user type what runs to show. */
  search(): void {
    void vscode.commands.executeCommand(`${RUNS_VIEW}.focus`, { preserveFocus: true });
    askForFilter({
      filter: this.#filter,
      onChange: (filter) => {
        this.filter(filter);
      },
    });
  }

  /** Shows only runs with these words; all of them again when there are none. */
  filter(text: string): void {
    if (text === this.#filter) return;
    const wasFiltered = this.#isFiltered;
    this.#filter = text;
    // What is found are other items, none of them selected yet.
    if (this.#isFiltered !== wasFiltered) this.#revealed = null;
    this.#refresh();
  }

  getTreeItem(element: RunsElement): vscode.TreeItem {
    const options: ItemOptions = {
      tree: this.#tree,
      isFiltered: this.#isFiltered,
      language: vscode.env.language,
    };
    if (element.type === 'day') {
      const day = this.#tree.days.find(({ key }) => key === element.key);
      return day ? dayItem(day, options) : new vscode.TreeItem('');
    }
    const run = this.#tree.runs.get(element.runId);
    return run ? runItem(run, options) : new vscode.TreeItem('');
  }

  getChildren(element?: RunsElement): RunsElement[] {
    const { days, families, runs } = this.#tree;
    if (!element) return days.map(({ key }) => this.#element({ type: 'day', key }));
    const runIds =
      element.type === 'day'
        ? (days.find(({ key }) => key === element.key)?.runIds ?? [])
        : families.childrenOf(element.runId).map(({ runId }) => runId);
    return runIds.filter((runId) => runs.has(runId)).map((runId) => this.#element({ type: 'run', runId }));
  }

  getParent(element: RunsElement): RunsElement | null {
    if (element.type === 'day') return null;
    const parent = this.#tree.families.parentOf(element.runId);
    if (parent) return this.#element({ type: 'run', runId: parent.runId });
    const day = this.#tree.days.find(({ runIds }) => runIds.includes(element.runId));
    return day ? this.#element({ type: 'day', key: day.key }) : null;
  }

  async resolveTreeItem(item: vscode.TreeItem, element: RunsElement): Promise<vscode.TreeItem> {
    const run = element.type === 'run' ? this.#tree.runs.get(element.runId) : undefined;
    if (!run) return item;
    const parent = this.#tree.families.parentOf(run.runId);
    item.tooltip = await runTooltipOf(run, { parent, tracePath: this.#options.store.pathOf(run.runId) });
    return item;
  }

  get #isFiltered(): boolean {
    return this.#filter.trim() !== '';
  }

  #createTree(): RunsTree {
    const { history, now } = this.#options;
    const calendar = { nowMs: now(), language: vscode.env.language };
    return runsTree(history.runs, history.families, { filter: this.#filter, ...calendar });
  }

  #refresh(): void {
    const { history, contextKeys, scheduler, now } = this.#options;
    this.#tree = this.#createTree();
    const { found } = this.#tree;
    const all = history.runs.length;
    if (this.#isFiltered)
      this.#view.message = `“${this.#filter.trim()}”: ${found === 0 ? 'none' : found} of ${all} runs`;
    else this.#view.message = '';
    contextKeys.tell(CONTEXT_KEYS.isFilteringRuns, this.#isFiltered);
    contextKeys.tell(CONTEXT_KEYS.canUndoDelete, history.canUndoDelete);
    this.#changed.fire(undefined);
    this.#reveal();
    this.#dayTimer?.dispose();
    this.#dayTimer = scheduler.after(nextDayMs(now()) - now(), () => {
      this.#refresh();
    });
  }

  /** Goes to the run on show, once for each time that another one is. */
  #reveal(): void {
    const runId = this.#options.runs.current?.runId ?? null;
    if (runId === null || runId === this.#revealed || !this.#view.visible || !this.#tree.runs.has(runId)) return;
    this.#revealed = runId;
    this.#view
      .reveal(this.#element({ type: 'run', runId }), { select: true, focus: false })
      .then(undefined, (thrown: unknown) => {
        this.#options.log.debug(`The run on show can't be selected in the view: ${describeThrown(thrown)}`);
      });
  }

  #element(wanted: RunsElement): RunsElement {
    const name = wanted.type === 'day' ? `day ${wanted.key}` : `run ${wanted.runId}`;
    const known = this.#elements.get(name) ?? wanted;
    this.#elements.set(name, known);
    return known;
  }
}
