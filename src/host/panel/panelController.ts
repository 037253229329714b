import * as vscode from 'vscode';
import type { PanelContent, PanelMessage, SidePane } from '../../protocol/panel.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { InfluenceStudies } from '../influence/influenceStudies.ts';
import type { Ask, HostRun, RunOrigin } from '../runs/hostRun.ts';
import type { RunChange, RunController } from '../runs/runController.ts';
import type { RunRelations } from '../runs/runRelations.ts';
import { LineBatcher } from './lineBatcher.ts';
import { toPanelRun } from './panelContent.ts';
import { PANEL_TYPE, PanelView } from './panelView.ts';
import type { WebviewPageOptions } from './webviewPage.ts';

export interface PanelControllerOptions extends WebviewPageOptions {
  readonly runs: RunController;
  /** Whether the selection of a run still is there to be replaced. */
  readonly canReplace: (run: HostRun) => boolean;
  readonly relations: RunRelations;
  readonly studies: Pick<InfluenceStudies, 'of' | 'onDidChange'>;
}

/** The one panel: opens it, and keeps what it shows the same as what the host knows. */
export class PanelController extends Disposable {
  readonly #options: PanelControllerOptions;
  readonly #messages = this.register(new Emitter<PanelMessage>());
  readonly #batcher: LineBatcher;
  readonly #viewChanged = this.register(new Emitter<void>());
  #view: PanelView | null = null;
  #composer: Ask | null = null;
  /** To be opened once the page is there. */
  #awaitedStep: number | null = null;
  /** What is to stand beside the text of a run once the page is there and shows it. */
  #awaitedSide: { readonly runId: string; readonly side: SidePane } | null = null;

  /** Messages of the panel that ask for something to be done. */
  readonly onMessage = this.#messages.event;
  /** The panel can be seen now or no longer, or has got or lost the focus. */
  readonly onDidChangeView = this.#viewChanged.event;

  constructor(options: PanelControllerOptions) {
    super();
    this.#options = options;
    this.#batcher = this.register(
      new LineBatcher(options.scheduler, (lines) => {
        this.#sendLines(lines);
      }),
    );
    this.register(
      options.runs.onDidChange((change) => {
        this.#follow(change);
      }),
    );
    this.register(
      options.relations.onDidChange(() => {
        this.#tellFamily();
      }),
    );
    this.register(
      options.studies.onDidChange((runId) => {
        this.#tellInfluence(runId);
      }),
    );
    this.register({ dispose: () => this.#view?.dispose() });
  }

  /** Whether the panel can be seen. */
  get isVisible(): boolean {
    return this.#view?.isVisible ?? false;
  }

  /** Whether the panel has the focus, or had it last of all editors. */
  get isFocused(): boolean {
    return this.#view?.isFocused ?? false;
  }

  /** Whether the panel is open, if only behind another. */
  get isOpen(): boolean {
    return this.#view !== null;
  }

  /** Where the text in the question box was selected; null when it was not, or the box is closed. */
  get composerOrigin(): RunOrigin | null {
    return this.#composer?.origin ?? null;
  }

  /** Opens the panel beside the editor, or brings it to the front. */
  show(focus: boolean): void {
    if (this.#view) this.#view.reveal(focus);
    else this.#adopt(this.#create(focus));
  }

  /** Opens something beside the text of a run, now or once the panel can be seen and shows that run. */
  openSide(runId: string, side: SidePane): void {
    this.#awaitedSide = { runId, side };
    this.#awaitedStep = null;
    this.#openAwaitedSide();
  }

  /** Opens the panel with the question box, filled. */
  openComposer(ask: Ask): void {
    this.#composer = ask;
    this.show(true);
    this.#sendComposer();
  }

  /** Closes the question box; what was typed there is given up. */
  closeComposer(): void {
    if (!this.#composer) return;
    this.#composer = null;
    this.#sendComposer();
  }

  /** Brings the panel to the front without the focus, opens a step of the run on show there and scrolls to it. */
  showStep(step: number): void {
    this.#awaitedStep = step;
    this.#awaitedSide = null;
    if (this.#view?.isVisible !== true) this.show(false);
    if (this.#view?.isReady === true) this.#openAwaited();
  }

  /** Shows a short confirmation in the panel. */
  tell(message: string): void {
    this.#view?.post({ type: 'status-told', message });
  }

  /**
   * Takes over a panel that VS Code has kept over a reload of the window.
   *
   * @param composerQuestion - what the question box was opened with; null when it was closed.
   */
  restore(panel: vscode.WebviewPanel, composerQuestion: string | null): void {
    this.#view?.close();
    this.#composer ??= composerQuestion === null ? null : { question: composerQuestion, origin: null };
    this.#adopt(panel);
  }

  #create(focus: boolean): vscode.WebviewPanel {
    const column = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    return vscode.window.createWebviewPanel(
      PANEL_TYPE,
      'MentorCollab',
      { viewColumn: column, preserveFocus: !focus },
      { enableFindWidget: true },
    );
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const view = new PanelView(panel, this.#options);
    this.#view = view;
    view.onDidClose(() => {
      this.#closed(view);
    });
    view.onDidChangeView(() => {
      this.#viewChanged.fire();
    });
    view.onMessage((message) => {
      if (message.type === 'panel-ready') this.#fill(message.opened);
      else if (message.type === 'composer-closed') this.closeComposer();
      else this.#messages.fire(message);
    });
  }

  /** Nobody watches any more, so the machine is given back; what was written until then is kept. */
  #closed(view: PanelView): void {
    view.dispose();
    if (this.#view !== view) return;
    this.#view = null;
    this.#composer = null;
    this.#stopShown();
    this.#viewChanged.fire();
  }

  /** A new page opens the step it is to open, or else the one that an earlier page had open, of which others may not know. */
  #fill(opened: { readonly runId: string; readonly step: number } | null): void {
    this.#sendContent();
    const isOfShown = opened !== null && opened.runId === this.#options.runs.current?.runId;
    if (this.#awaitedStep !== null) this.#openAwaited();
    else this.#messages.fire({ type: 'step-selected', step: isOfShown ? opened.step : null });
  }

  #openAwaited(): void {
    const runId = this.#options.runs.current?.runId;
    const step = this.#awaitedStep;
    this.#awaitedStep = null;
    if (runId !== undefined) this.#view?.post({ type: 'step-shown', runId, step });
  }

  #stopShown(): void {
    const { runs } = this.#options;
    if (runs.active && runs.active.runId === runs.current?.runId) runs.stop();
  }

  #tellFamily(): void {
    const { runs, relations } = this.#options;
    const runId = runs.current?.runId;
    if (runId === undefined) return;
    this.#view?.post({
      type: 'family-changed',
      runId,
      title: relations.titleOf(runId),
      family: relations.familyOf(runId),
    });
  }

  #tellInfluence(runId: string): void {
    const { runs, studies } = this.#options;
    if (runId !== runs.current?.runId) return;
    this.#view?.post({ type: 'influence-changed', runId, influence: studies.of(runId) });
  }

  #openAwaitedSide(): void {
    const awaited = this.#awaitedSide;
    if (awaited === null || awaited.runId !== this.#options.runs.current?.runId || this.#view?.isReady !== true) return;
    this.#view.post({ type: 'side-shown', ...awaited });
    this.#awaitedSide = null;
  }

  #follow(change: RunChange): void {
    switch (change.type) {
      case 'run-replaced':
      case 'run-hidden':
        this.#awaitedStep = null;
        if (this.#awaitedSide?.runId !== change.run.runId) this.#awaitedSide = null;
        this.#sendContent();
        return;
      case 'state-changed': {
        const { runId, state, notice } = change.run;
        this.#batcher.flush();
        this.#view?.post({ type: 'state-changed', runId, state, notice });
        return;
      }
      case 'lines-added':
        if (this.#view?.isReady === true) this.#batcher.add(change.lines);
    }
  }

  #sendLines(lines: readonly TraceLine[]): void {
    const run = this.#options.runs.current;
    if (run) this.#view?.post({ type: 'lines-added', runId: run.runId, lines });
  }

  /** The question box alone: a long run takes a while to be sent and shown again. */
  #sendComposer(): void {
    this.#view?.post({ type: 'composer-changed', composer: this.#composerContent() });
  }

  #composerContent(): PanelContent['composer'] {
    return this.#composer && { question: this.#composer.question.trim() };
  }

  #sendContent(): void {
    this.#batcher.clear();
    const { runs, canReplace, relations, studies } = this.#options;
    const run = runs.current;
    this.#view?.post({
      type: 'content-shown',
      content: {
        composer: this.#composerContent(),
        run: run && toPanelRun(run, { canReplace: canReplace(run), relations, influence: studies.of(run.runId) }),
      },
    });
    this.#openAwaitedSide();
  }
}
