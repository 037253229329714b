import * as vscode from 'vscode';
import { MentorCollabError } from '../../core/errors.ts';
import type { Influence } from '../../protocol/panel.ts';
import { Disposable } from '../disposable.ts';
import type { PanelController } from '../panel/panelController.ts';
import type { RunController } from '../runs/runController.ts';
import { describeInfluence } from './describeInfluence.ts';
import type { InfluenceStudies } from './influenceStudies.ts';
import { isWeighable } from './influenceStudies.ts';

export interface InfluenceParts {
  readonly runs: Pick<RunController, 'current'>;
  readonly studies: InfluenceStudies;
  /** Shows a kept run in the panel. */
  readonly openRun: (runId: string) => Promise<void>;
  readonly tellFailure: (thrown: unknown) => void;
  readonly panel: Pick<PanelController, 'isOpen' | 'isVisible' | 'show' | 'openSide' | 'onDidChangeView'>;
}

/** What finding out which interventions mattered offers to commands and to the panel. */
export class InfluenceActions extends Disposable {
  readonly #parts: InfluenceParts;
  #notification: ProgressNotification | null = null;

  constructor(parts: InfluenceParts) {
    super();
    this.#parts = parts;
    const { panel, studies } = parts;
    const follow = (): void => {
      this.#follow();
    };
    this.register(panel.onDidChangeView(follow));
    this.register(studies.onDidChange(follow));
    this.register({ dispose: () => this.#notification?.end() });
  }

  /**
   * Shows the pane of the run on show, and finds out what is not known yet.
   *
   * @returns what has been found out, once that has ended.
   */
  async show(): Promise<Influence> {
    const { runs, studies, panel } = this.#parts;
    const { current } = runs;
    if (!current || !isWeighable(current)) return this.weigh();
    panel.openSide(current.runId, 'influence');
    panel.show(true);
    const known = studies.of(current.runId);
    return known?.phase === 'done' ? known : this.weigh();
  }

  /**
   * Finds out which interventions mattered in the run on show, or goes on with it; resolves once that has ended.
   *
   * @throws MentorCollabError `bad-input` when it can't be asked about.
   */
  async weigh(): Promise<Influence> {
    const { current } = this.#parts.runs;
    if (current) return this.#parts.studies.weigh(current);
    throw new MentorCollabError('bad-input', 'There is no run yet. Ask a question first.');
  }

  /** Stops what is under way for the run on show; what has been flipped stays. */
  cancel(): void {
    const { runs, studies } = this.#parts;
    if (runs.current) studies.cancel(runs.current.runId);
  }

  /**
   * Has a notification tell the progress as long as the panel, which tells it otherwise, is hidden. Once the panel is
   * closed nobody watches any more, so the machine is given back, as by a run.
   */
  #follow(): void {
    const { panel, studies } = this.#parts;
    const runId = studies.activeRunId;
    const isHidden = panel.isOpen && !panel.isVisible;
    if (runId !== null && isHidden) {
      this.#notification ??= new ProgressNotification(studies, runId);
      this.#notification.report();
      return;
    }
    if (runId !== null && !panel.isOpen) studies.cancel(runId);
    if (!this.#notification) return;
    const { runId: toldId } = this.#notification;
    this.#notification.end();
    this.#notification = null;
    if (isHidden) this.#tellEnd(toldId);
  }

  #tellEnd(runId: string): void {
    const { studies, openRun, panel, tellFailure } = this.#parts;
    const influence = studies.of(runId);
    if (!influence || influence.phase === 'stopped') return;
    const show = 'Show';
    const message = `Which intervention mattered? ${describeInfluence(influence)}`;
    const { showWarningMessage, showInformationMessage } = vscode.window;
    const told =
      influence.phase === 'failed' ? showWarningMessage(message, show) : showInformationMessage(message, show);
    void told.then((chosen) => {
      if (chosen !== show) return;
      panel.openSide(runId, 'influence');
      openRun(runId).catch(tellFailure);
    });
  }
}

/** A notification of VS Code that tells the progress of a study, and can cancel it. */
class ProgressNotification {
  readonly runId: string;
  readonly #studies: InfluenceStudies;
  #progress: vscode.Progress<{ readonly message: string }> | null = null;
  #end: () => void = () => undefined;

  constructor(studies: InfluenceStudies, runId: string) {
    this.#studies = studies;
    this.runId = runId;
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: 'Flipping the mentor’s patches',
      cancellable: true,
    };
    void vscode.window.withProgress(options, async (progress, token) => {
      this.#progress = progress;
      token.onCancellationRequested(() => {
        studies.cancel(runId);
      });
      this.report();
      await ended;
    });
  }

  report(): void {
    const influence = this.#studies.of(this.runId);
    if (influence) this.#progress?.report({ message: describeInfluence(influence) });
  }

  end(): void {
    this.#end();
  }
}
