import * as vscode from 'vscode';
import type { Branch } from '../../core/branch/branch.ts';
import { MentorCollabError } from '../../core/errors.ts';
import type { FailureAction } from '../../protocol/panel.ts';
import { isActive } from '../../protocol/isActive.ts';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import { offeredParagraph, selectedText } from '../editor/askedText.ts';
import type { BenchmarkActions } from '../benchmark/benchmarkActions.ts';
import type { CompareActions } from '../compare/compareActions.ts';
import type { RunHistory } from '../history/runHistory.ts';
import type { DiagnoseActions } from '../diagnose/diagnoseActions.ts';
import type { GuideActions } from '../guide/guideActions.ts';
import type { ShownLog } from '../hostLog.ts';
import type { InfluenceActions } from '../influence/influenceActions.ts';
import type { LastEditor } from '../editor/lastEditor.ts';
import type { OriginTracker } from '../editor/originTracker.ts';
import type { PanelController } from '../panel/panelController.ts';
import { exportText } from '../../export/exportText.ts';
import type { RunRecord } from '../../export/runRecord.ts';
import { recordOfLines } from '../../export/runRecord.ts';
import { saveExport } from '../export/saveExport.ts';
import { checkQuestion, LONGEST_QUESTION } from '../questions/checkQuestion.ts';
import type { SolutionPart } from '../runs/finalText.ts';
import { finalText } from '../runs/finalText.ts';
import type { Ask, HostRun } from '../runs/hostRun.ts';
import type { Models } from '../models/createModels.ts';
import type { ModelConsent } from '../runs/modelConsent.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { RunController } from '../runs/runController.ts';
import { openSettings } from '../settings/configuration.ts';
import { settingNamedIn } from '../settings/readHostSettings.ts';
import type { TrainingActions } from '../training/trainingActions.ts';
import type { KeptRunActions } from '../views/runs/keptRunActions.ts';

export interface ActionParts {
  readonly runs: RunController;
  readonly panel: PanelController;
  readonly store: Pick<RunStore, 'read' | 'pathOf'>;
  readonly history: RunHistory;
  readonly consent: Pick<ModelConsent, 'obtain'>;
  readonly engine: Pick<ReasoningEngine, 'unload'>;
  readonly lastEditor: LastEditor;
  readonly origins: OriginTracker;
  readonly log: ShownLog;
  readonly compare: CompareActions;
  readonly kept: KeptRunActions;
  readonly influence: InfluenceActions;
  readonly benchmarks: BenchmarkActions;
  readonly trainings: TrainingActions;
  readonly guide: GuideActions;
  readonly diagnose: DiagnoseActions;
  readonly models: Pick<Models, 'choice' | 'show' | 'downloadMissing'>;
}

/** Everything a user can do, whether by command or in the panel. What can't be done throws, with what to do instead. */
export class Actions {
  readonly #parts: ActionParts;
  /** Comparing runs and arms, which has pages of its own. */
  readonly compare: CompareActions;
  /** What can be done with any kept run. */
  readonly kept: KeptRunActions;
  /** Finding out which interventions of a run mattered. */
  readonly influence: InfluenceActions;
  /** The same questions in several arms, and what differs between them. */
  readonly benchmarks: BenchmarkActions;
  /** Training verifiers. */
  readonly trainings: TrainingActions;
  /** The first steps, as the walkthrough offers them. */
  readonly guide: GuideActions;
  /** The report for a bug report. */
  readonly diagnose: DiagnoseActions;

  constructor(parts: ActionParts) {
    this.#parts = parts;
    this.compare = parts.compare;
    this.kept = parts.kept;
    this.influence = parts.influence;
    this.benchmarks = parts.benchmarks;
    this.trainings = parts.trainings;
    this.guide = parts.guide;
    this.diagnose = parts.diagnose;
  }

  /** Solves the selection; without one, offers the paragraph at the cursor. */
  async solveSelection(): Promise<HostRun | null> {
    const { editor } = this.#parts.lastEditor;
    const selected = editor && selectedText(editor);
    if (selected) return this.#run(selected, 'The selection');
    this.openComposer();
    return null;
  }

  /** Asks a question at once. */
  async ask(question: string): Promise<HostRun | null> {
    return this.#run({ question, origin: null }, 'The question');
  }

  /** Asks what the question box holds; one that came from a selection can replace it. */
  async askFromPanel(question: string): Promise<HostRun | null> {
    const ask = { question, origin: this.#parts.panel.composerOrigin };
    checkQuestion(question, 'The question');
    this.#parts.panel.closeComposer();
    return this.#run(ask, 'The question');
  }

  /** Opens the question box with the selection, or else the paragraph at the cursor. */
  openComposer(): void {
    const { editor } = this.#parts.lastEditor;
    const selected = editor && selectedText(editor);
    const offered = selected ?? { question: editor ? offeredParagraph(editor) : '', origin: null };
    const isTooLong = offered.question.length > LONGEST_QUESTION;
    this.#parts.panel.openComposer(isTooLong ? { question: '', origin: null } : offered);
    if (isTooLong) checkQuestion(offered.question, 'The selection');
  }

  /** Brings the panel to the front, with the question box where there is nothing else to see. */
  showPanel(): void {
    if (this.#parts.runs.current) this.#parts.panel.show(true);
    else this.openComposer();
  }

  stop(): void {
    this.#parts.runs.stop();
  }

  async retry(): Promise<HostRun | null> {
    this.#parts.panel.show(false);
    return this.#parts.runs.retry();
  }

  /**
   * Runs a branch of the run on show.
   *
   * @throws MentorCollabError `bad-input` without a run, or while it goes on: its later steps are not known yet.
   */
  async branch(branch: Omit<Branch, 'parentRunId'>): Promise<HostRun | null> {
    const { current } = this.#parts.runs;
    if (current && !isActive(current.state)) return this.branchOf(current, branch);
    const what = current ? 'This run still goes on: stop it, or wait for its end.' : 'There is no run to branch from.';
    throw new MentorCollabError('bad-input', what);
  }

  /** Runs a branch of a run that is over, once the user agrees to load models that only its trace names. */
  async branchOf(parent: HostRun, branch: Omit<Branch, 'parentRunId'>): Promise<HostRun | null> {
    const [header] = parent.lines;
    if (header?.type === 'run-started') await this.#parts.consent.obtain(header);
    this.#parts.panel.show(false);
    return this.#parts.runs.branch(parent, branch);
  }

  /**
   * Shows a kept run. One that another window seems to be writing is shown as its file, which is read along; and so is one
   * whose trace can't be read at all, which then says why.
   *
   * @param focus - whether the panel takes the keyboard; it does by default.
   * @throws MentorCollabError `bad-input` when it is not kept any more.
   */
  async openRun(runId: string, focus = true): Promise<void> {
    const { runs, store, history, panel } = this.#parts;
    const active = runs.active?.runId === runId ? runs.active : null;
    const isElsewhere = active === null && history.find(runId)?.phase === 'running';
    const run = active ?? (await store.read(runId));
    if (run && !isElsewhere) {
      runs.show(run);
      panel.show(focus);
      return;
    }
    if (!history.find(runId)) {
      throw new MentorCollabError('bad-input', 'This run is no longer kept: its trace file is gone.');
    }
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(store.pathOf(runId)), {
      preserveFocus: !focus,
    });
  }

  /** Sets the run on show beside others: its question by generator, mentor and pair, or the run it branches off from. */
  async compareShown(other: 'arms' | 'parent'): Promise<void> {
    const { current } = this.#parts.runs;
    if (current && other === 'arms') await this.compare.compareArms(current.question);
    else if (current) await this.compare.compareWithParent(current.runId);
  }

  async copy(part: SolutionPart): Promise<void> {
    await vscode.env.clipboard.writeText(this.#solution(part));
    this.#parts.panel.tell(part === 'answer' ? 'Answer copied' : 'Solution copied');
  }

  /** Copies the run on show as text with the mentor's words marked and each divergence explained. */
  async copyAnnotated(): Promise<void> {
    await vscode.env.clipboard.writeText(exportText(this.#record()));
    this.#parts.panel.tell('Copied with annotations');
  }

  /** Writes the run on show to a document of the user's choice. */
  async exportRun(): Promise<void> {
    await saveExport(this.#record(), null);
  }

  async insert(part: SolutionPart): Promise<void> {
    await this.#parts.lastEditor.insertAtCursor(this.#solution(part));
    this.#parts.panel.tell('Inserted at the cursor');
  }

  async replace(part: SolutionPart): Promise<void> {
    await this.#parts.origins.replaceWith(this.#solution(part));
    this.#parts.panel.tell('Selection replaced');
  }

  /** Lets the user choose models for generator and mentor, or for one role, and offers to ask again where there is something to ask. */
  async chooseModels(role: unknown = null): Promise<void> {
    const outcome = await this.#parts.models.choice.choose(role);
    if (outcome !== 'set') return;
    const again = 'Ask Again';
    const buttons = this.#parts.runs.current ? [again] : [];
    const chosen = await vscode.window.showInformationMessage('The next run uses the models you chose.', ...buttons);
    if (chosen === again) await this.retry();
  }

  async openSettings(): Promise<void> {
    await openSettings(null);
  }

  async unloadModels(): Promise<void> {
    await this.#parts.engine.unload();
    void vscode.window.showInformationMessage('The models are unloaded. The next run loads them again.');
  }

  showLog(): void {
    this.#parts.log.show();
  }

  /** Does what a button beside a failure says. */
  async doFailureAction(action: FailureAction): Promise<void> {
    switch (action) {
      case 'retry':
        await this.retry();
        return;
      case 'show-log':
        this.showLog();
        return;
      case 'settings': {
        const state = this.#parts.runs.current?.state;
        await openSettings(state?.phase === 'failed' ? settingNamedIn(state.message) : null);
        return;
      }
      case 'choose-models':
        await this.chooseModels();
        return;
      case 'show-models':
        await this.#parts.models.show();
        return;
      case 'download-models':
        await this.#parts.models.downloadMissing();
    }
  }

  async #run(ask: Ask, subject: string): Promise<HostRun | null> {
    const question = checkQuestion(ask.question, subject);
    this.#parts.panel.show(false);
    return this.#parts.runs.ask({ ...ask, question });
  }

  #record(): RunRecord {
    const record = recordOfLines(this.#parts.runs.current?.lines ?? [], null);
    if (record) return record;
    throw new MentorCollabError('bad-input', 'There is no run yet to copy or export. Ask a question first.');
  }

  #solution(part: SolutionPart): string {
    const { current } = this.#parts.runs;
    const text = current && finalText(current.lines, part);
    if (text) return text;
    const what = part === 'answer' ? 'This run has no answer' : 'There is no text yet';
    throw new MentorCollabError('bad-input', `${what}. Ask a question first, or wait until its solution has begun.`);
  }
}
