import * as vscode from 'vscode';
import { Disposable } from '../disposable.ts';
import type { RunHistory } from '../history/runHistory.ts';
import { runIdsIn } from '../runs/runIdsIn.ts';
import { chooseRuns } from './chooseRuns.ts';
import type { ComparePagesOptions } from './comparePages.ts';
import { COMPARE_TYPE, ComparePages } from './comparePages.ts';
import type { ComparerParts } from './comparer.ts';
import { Comparer } from './comparer.ts';
import type { Comparison } from './comparison.ts';
import { questionToCompare } from './questionToCompare.ts';

export interface CompareParts extends ComparePagesOptions, Omit<ComparerParts, 'show'> {
  readonly history: RunHistory;
  /** Shows a run in the panel. */
  readonly openRun: (runId: string) => Promise<void>;
}

/** What a comparison gives to whoever asked for it by command. */
export interface CompareResult {
  /** The columns' runs, in order; null for an arm that never began. */
  readonly runIds: readonly (string | null)[];
  readonly phase: Comparison['content']['progress']['phase'];
}

/** What comparing offers to commands and to the panel. */
export class CompareActions extends Disposable {
  readonly #parts: CompareParts;
  readonly #comparer: Comparer;

  constructor(parts: CompareParts) {
    super();
    const pages = this.register(new ComparePages(parts));
    const comparer = new Comparer({
      ...parts,
      show: (comparison) => {
        pages.show(comparison);
      },
    });
    this.#parts = parts;
    this.#comparer = comparer;
    this.register(
      pages.onDidRequestRun((runId) => {
        parts.openRun(runId).catch(parts.tellFailure);
      }),
    );
    this.register(
      vscode.window.registerWebviewPanelSerializer(COMPARE_TYPE, {
        async deserializeWebviewPanel(panel, state: unknown) {
          pages.adopt(panel, await comparer.restore(state));
        },
      }),
    );
  }

  /** Compares the arms of a question: a text itself, that of a run, or else the one in use. */
  async compareArms(argument: unknown): Promise<CompareResult | null> {
    const [runId] = runIdsIn(argument);
    const run = runId === undefined ? null : await this.#parts.store.read(runId);
    const given = typeof argument === 'string' ? argument : run?.question;
    const question = given ?? (await questionToCompare(this.#parts.runs));
    return question === undefined ? null : resultOf(await this.#comparer.compareArms(question));
  }

  /** Compares kept runs: ids or items of the Runs view, or else what the user chooses. */
  async compareRuns(argument: unknown, selected: unknown): Promise<CompareResult | null> {
    const given = runIdsIn(selected ?? argument);
    const { history } = this.#parts;
    await history.start();
    const runIds = given.length > 1 ? given : await chooseRuns(history.runs);
    return runIds ? resultOf(await this.#comparer.compareRuns(runIds)) : null;
  }

  /** Compares a branch with the run it leaves: by id, an item of the Runs view, or else the run on show. */
  async compareWithParent(argument: unknown): Promise<CompareResult | null> {
    const { current } = this.#parts.runs;
    const runId = typeof argument === 'string' ? argument : (runIdsIn(argument)[0] ?? current?.runId);
    return runId === undefined ? null : resultOf(await this.#comparer.compareWithParent(runId));
  }
}

function resultOf({ content }: Comparison): CompareResult {
  return { runIds: content.columns.map(({ runId }) => runId), phase: content.progress.phase };
}
