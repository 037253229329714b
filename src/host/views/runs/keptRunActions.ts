import * as vscode from 'vscode';
import type { Branch } from '../../../core/branch/branch.ts';
import { MentorCollabError } from '../../../core/errors.ts';
import type { RunRecord } from '../../../export/runRecord.ts';
import { recordOfLines } from '../../../export/runRecord.ts';
import { saveExport } from '../../export/saveExport.ts';
import { shortened } from '../../history/describeRun.ts';
import type { RunHistory } from '../../history/runHistory.ts';
import { runTitle } from '../../history/runSummary.ts';
import { LONGEST_TITLE } from '../../history/runTitles.ts';
import type { HostRun } from '../../runs/hostRun.ts';
import { readTraceFile } from '../../runs/readTraceFile.ts';
import type { RunController } from '../../runs/runController.ts';
import { runIdsIn } from '../../runs/runIdsIn.ts';
import type { RunStore } from '../../runs/runStore.ts';
import { chooseBranch } from './chooseBranch.ts';
import { chooseRun } from './chooseRun.ts';
import type { RunsView } from './runsView.ts';
import { openTraceText, revealTraceFile } from './traceFileCommands.ts';

export interface KeptRunParts {
  readonly history: RunHistory;
  readonly view: RunsView;
  readonly runs: Pick<RunController, 'current' | 'active' | 'hide'>;
  readonly store: Pick<RunStore, 'read' | 'pathOf'>;
  /** Shows a run in the panel. */
  readonly openRun: (runId: string, focus: boolean) => Promise<void>;
  /** Runs a branch of a run. */
  readonly branch: (parent: HostRun, branch: Omit<Branch, 'parentRunId'>) => Promise<HostRun | null>;
  readonly tellFailure: (thrown: unknown) => void;
}

/** How many answers, files or names are handled at once, where one is what people mean without a choice. */
interface Targets {
  readonly argument: unknown;
  /** All selected items, as menus of the view pass them. */
  readonly selected?: unknown;
  /** What a list is called that the run is chosen from, where nothing tells which is meant. */
  readonly title: string;
}

/**
 * What can be done with kept runs, none of it with the engine but branching. A run is named by its id, by an item of the
 * Runs view, by what is selected there (key bindings), or else it is the run on show.
 */
export class KeptRunActions {
  readonly #parts: KeptRunParts;
  /** The run that was taken off show as it was deleted last. */
  #hidden: string | null = null;

  constructor(parts: KeptRunParts) {
    this.#parts = parts;
  }

  /** Shows a run in the panel. */
  async open(argument: unknown): Promise<void> {
    const { history, openRun } = this.#parts;
    // A command may be what has woken the extension, before anything is listed.
    await history.start();
    const runId = this.#named(argument)[0] ?? (await chooseRun(history.runs, 'Open Run'));
    if (runId !== undefined) await openRun(runId, !keepsFocus(argument));
  }

  /** Gives a run a title; one that is passed along is taken without asking. */
  async rename(argument: unknown, given: unknown): Promise<void> {
    const { history } = this.#parts;
    const [runId] = await this.#targets({ argument, title: 'Rename Run' });
    if (runId === undefined) return;
    const run = this.#kept(runId);
    const title = typeof given === 'string' ? given : await askForTitle(run.title, runTitle({ ...run, title: null }));
    if (title !== undefined) history.rename(runId, title);
  }

  /** Runs a branch of a run, which the user chooses. */
  async branch(argument: unknown): Promise<HostRun | null> {
    const { store, branch } = this.#parts;
    const [runId] = await this.#targets({ argument, title: 'Branch Run' });
    if (runId === undefined) return null;
    this.#refuseRunning(runId);
    const run = await store.read(runId);
    if (!run) throw notKept();
    const chosen = await chooseBranch(run);
    return chosen ? branch(run, chosen) : null;
  }

  /** Writes runs to documents of the user's choice, one after the other. */
  async export(argument: unknown, selected: unknown): Promise<void> {
    for (const runId of await this.#targets({ argument, selected, title: 'Export Run' })) {
      const file = await saveExport(await this.#record(runId), null);
      if (!file) return;
    }
  }

  /** Puts the answers of runs on the clipboard, one a line. */
  async copyAnswer(argument: unknown, selected: unknown): Promise<void> {
    const runIds = await this.#targets({ argument, selected, title: 'Copy Answer' });
    if (runIds.length === 0) return;
    const answers = runIds.flatMap((runId) => this.#kept(runId).answer ?? []);
    if (answers.length === 0) throw new MentorCollabError('bad-input', 'This run has no answer that could be copied.');
    await vscode.env.clipboard.writeText(answers.join('\n'));
    vscode.window.setStatusBarMessage(
      answers.length === 1 ? 'Answer copied' : `${answers.length} answers copied`,
      TOLD_MS,
    );
  }

  /** Shows a run's trace file where it lies. */
  async reveal(argument: unknown): Promise<void> {
    const [runId] = await this.#targets({ argument, title: 'Reveal Trace File' });
    if (runId !== undefined) await revealTraceFile(this.#tracePath(runId));
  }

  /** Opens the trace files of runs as text. */
  async openText(argument: unknown, selected: unknown): Promise<void> {
    for (const runId of await this.#targets({ argument, selected, title: 'Open Trace as Text' })) {
      await openTraceText(this.#tracePath(runId));
    }
  }

  /** Deletes runs so that they can be brought back, and offers that at once. */
  async delete(argument: unknown, selected: unknown): Promise<void> {
    const runIds = await this.#targets({ argument, selected, title: 'Delete Run' });
    if (runIds.length > 0) await this.#delete(runIds);
  }

  /** Deletes every run, after asking. */
  async deleteAll(): Promise<void> {
    const { history } = this.#parts;
    await history.start();
    const { runs } = history;
    if (runs.length === 0) throw new MentorCollabError('bad-input', 'There is no run to delete.');
    const branches = runs.filter(({ branch }) => branch !== null).length;
    const all = runs.length === 1 ? 'the one kept run' : `all ${runs.length} kept runs`;
    const among = branches === 0 ? '' : `, ${branches} of them ${branches === 1 ? 'a branch' : 'branches'},`;
    const yes = 'Delete All';
    const chosen = await vscode.window.showWarningMessage(
      `Delete ${all}${among} with their traces?`,
      { modal: true, detail: '“MentorCollab: Undo Delete” brings them back for a day.' },
      yes,
    );
    if (chosen === yes) await this.#delete(runs.map(({ runId }) => runId));
  }

  /** Brings back what was deleted last, or by a deletion of that name, and on show what was on show. */
  async undoDelete(deletion: string | null = null): Promise<void> {
    const { history, runs, openRun } = this.#parts;
    const restored = await history.undoDelete(deletion);
    if (restored.length === 0) throw new MentorCollabError('bad-input', 'There is no such deletion to undo any more.');
    vscode.window.setStatusBarMessage(`${countRuns(restored.length)} brought back`, TOLD_MS);
    const hidden = this.#hidden;
    this.#hidden = null;
    if (hidden !== null && restored.includes(hidden) && !runs.current) await openRun(hidden, false);
  }

  /** Lets the user type what runs the view shows; words that are passed along are taken without asking. */
  search(words: unknown): void {
    if (typeof words === 'string') this.#parts.view.filter(words);
    else this.#parts.view.search();
  }

  /** Shows all runs again. */
  clearSearch(): void {
    this.#parts.view.filter('');
  }

  async #delete(runIds: readonly string[]): Promise<void> {
    const { history, runs, tellFailure } = this.#parts;
    const [first] = runIds.map((runId) => this.#kept(runId));
    const shown = runs.current?.runId;
    const deletion = await history.delete(runIds);
    for (const runId of runIds) runs.hide(runId);
    if (shown !== undefined && runIds.includes(shown)) this.#hidden = shown;
    const what = runIds.length === 1 && first ? `“${shortened(runTitle(first), 60)}”` : countRuns(runIds.length);
    const undo = 'Undo';
    void vscode.window.showInformationMessage(`Deleted ${what}.`, undo).then((chosen) => {
      if (chosen === undo) this.undoDelete(deletion).catch(tellFailure);
    });
  }

  /** The runs that are meant; none when the user gives up choosing one. */
  async #targets({ argument, selected, title }: Targets): Promise<readonly string[]> {
    const { history, runs } = this.#parts;
    await history.start();
    const named = this.#named(selected).length > 0 ? this.#named(selected) : this.#named(argument);
    if (named.length > 0) return named;
    const shown = runs.current?.runId;
    if (shown !== undefined && history.find(shown)) return [shown];
    const chosen = await chooseRun(history.runs, title);
    return chosen === undefined ? [] : [chosen];
  }

  #named(argument: unknown): readonly string[] {
    if (isFromKeyBinding(argument)) return this.#parts.view.selectedRunIds;
    return typeof argument === 'string' ? [argument] : runIdsIn(argument);
  }

  #kept(runId: string): NonNullable<ReturnType<RunHistory['find']>> {
    const run = this.#parts.history.find(runId);
    if (!run) throw notKept();
    return run;
  }

  #tracePath(runId: string): string {
    return this.#parts.store.pathOf(this.#kept(runId).runId);
  }

  #refuseRunning(runId: string): void {
    if (this.#kept(runId).phase !== 'running') return;
    throw new MentorCollabError('bad-input', 'This run still goes on: stop it, or wait for its end.');
  }

  async #record(runId: string): Promise<RunRecord> {
    const { lines, damage } = await readTraceFile(this.#tracePath(runId));
    const record = recordOfLines(lines, damage);
    if (record) return record;
    throw new MentorCollabError('bad-input', damage?.message ?? 'There is no run in this trace yet.');
  }
}

/** How long the status bar tells what was done, in milliseconds. */
const TOLD_MS = 5_000;

function askForTitle(title: string | null, question: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Rename Run',
    prompt: 'A title of your own; an empty one brings back the question.',
    placeHolder: shortened(question, LONGEST_TITLE),
    value: title ?? '',
    validateInput: (typed) =>
      typed.trim().length > LONGEST_TITLE ? `A title has at most ${LONGEST_TITLE} characters.` : null,
  });
}

function notKept(): MentorCollabError {
  return new MentorCollabError('bad-input', 'This run is no longer kept: its trace file is gone.');
}

function countRuns(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`;
}

/** A click in the view shows a run, and the keyboard stays there. */
function keepsFocus(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'keepsFocus' in argument && argument.keepsFocus === true;
}

/** Key bindings of the view mean what is selected there. */
function isFromKeyBinding(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'selection' in argument && argument.selection === true;
}
