import type { RunHeader } from '../../core/runHeader.ts';
import { mentorSteps } from '../../core/view/mentorSteps.ts';
import type { Decision, RunView } from '../../core/view/runView.ts';
import type { TimelineSeries } from '../../core/view/timeline/timelineSeries.ts';
import type { Ability, HostMessage, PanelContent, PanelRun, PanelState, SidePane } from '../../protocol/panel.ts';
import type { SavedState, TextView } from '../savedState.ts';
import type { StateDescription } from './describeState.ts';
import { isActive } from '../../protocol/isActive.ts';
import { describeState } from './describeState.ts';
import { FirstDifference } from './firstDifference.ts';
import type { Fact } from './runFacts.ts';
import { runFacts } from './runFacts.ts';
import { RunModel } from './runModel.ts';
import type { SelectedStep } from './selectedStep.ts';
import { selectedStep } from './selectedStep.ts';

/** The question box. */
export interface ComposerView {
  /** What the host opened it with. */
  readonly openedWith: string;
  /** What stands in it. */
  readonly text: string;
}

/** One run as its components show it. */
export interface RunPanelView {
  readonly runId: string;
  readonly question: string;
  readonly generatorName: string;
  readonly mentorName: string | null;
  readonly preset: string;
  readonly header: RunHeader | null;
  readonly state: PanelState;
  readonly description: StateDescription;
  readonly isActive: boolean;
  readonly view: RunView;
  readonly decisionByStep: ReadonlyMap<number, Decision>;
  readonly facts: readonly Fact[];
  /** What the timeline is drawn from; the same object grows with the run. */
  readonly timeline: TimelineSeries;
  /** Whether only the timeline's heading is shown. */
  readonly isTimelineFolded: boolean;
  /** The view on show: Words while the run goes on, then the chosen one. */
  readonly textView: TextView;
  /** The step that is open, probed or not. */
  readonly selected: SelectedStep | null;
  /** How often the host has shown a step: one that is open already is scrolled to once more. */
  readonly stepsShown: number;
  readonly canReplace: boolean;
  readonly notice: PanelRun['notice'];
  /** What can be done with the run here. */
  readonly abilities: ReadonlySet<Ability>;
  /** Whether the trace goes on behind what has come so far. */
  readonly hasMore: boolean;
  readonly title: PanelRun['title'];
  readonly parent: PanelRun['parent'];
  readonly family: PanelRun['family'];
  readonly influence: PanelRun['influence'];
  /** Whether it can be asked which interventions mattered, or has been. */
  readonly canWeigh: boolean;
  /** What stands beside the text while no step is open. */
  readonly side: SidePane | null;
  /** Where the text first differs from the parent's, as an offset; null while it does not, and without a parent. */
  readonly firstDifference: number | null;
}

/** A short confirmation, such as "Copied". */
export interface StatusView {
  readonly message: string;
  /** Tells one confirmation from the next with the same words. */
  readonly serial: number;
}

/** Everything on show in the panel. */
export interface PanelViewModel {
  readonly composer: ComposerView | null;
  readonly run: RunPanelView | null;
  readonly status: StatusView | null;
  /** Why the file shows nothing at all; null for everything else. */
  readonly unreadable: string | null;
}

type RunFrame = Omit<PanelRun, 'lines'>;

/** Keeps what the panel shows: the host's messages reduced, plus what the reader chose here. No DOM in it. */
export class PanelModel {
  #composer: ComposerView | null = null;
  #draft: SavedState['draft'];
  #frame: RunFrame | null = null;
  #run: RunModel | null = null;
  #chosenView: TextView;
  #savedRunId: string | null;
  #selectedStep: number | null;
  #stepsShown = 0;
  #side: SidePane | null;
  #isTimelineFolded: boolean;
  #difference: FirstDifference | null = null;
  #status: StatusView | null = null;
  #statuses = 0;
  #unreadable: string | null = null;

  /** @param saved - what an earlier page of this panel has kept. */
  constructor(saved: SavedState) {
    this.#draft = saved.draft;
    this.#chosenView = saved.view;
    this.#savedRunId = saved.runId;
    this.#selectedStep = saved.selectedStep;
    this.#side = saved.side;
    this.#isTimelineFolded = saved.isTimelineFolded;
  }

  /** Takes a message of the host; lines and states of a run that is not on show are left out. */
  receive(message: HostMessage): void {
    switch (message.type) {
      case 'content-shown':
        this.#showContent(message.content);
        return;
      case 'composer-changed':
        this.#showComposer(message.composer);
        return;
      case 'lines-added':
        if (message.runId === this.#run?.runId) this.#run.add(message.lines);
        return;
      case 'state-changed':
        this.#reframe(message.runId, { state: message.state, notice: message.notice });
        return;
      case 'family-changed':
        this.#reframe(message.runId, { title: message.title, family: message.family });
        return;
      case 'influence-changed':
        this.#reframe(message.runId, { influence: message.influence });
        return;
      case 'file-unreadable':
        this.#showContent({ composer: null, run: null });
        this.#unreadable = message.message;
        return;
      case 'page-ended':
        this.#reframe(message.runId, { hasMore: message.hasMore });
        return;
      case 'step-shown':
        if (message.runId !== this.#frame?.runId) return;
        this.#selectedStep = message.step;
        this.#stepsShown += 1;
        return;
      case 'side-shown':
        if (message.runId === this.#frame?.runId) this.showSide(message.side);
        return;
      case 'status-told':
        this.#status = { message: message.message, serial: ++this.#statuses };
    }
  }

  /** Chooses a view; it is shown once the run is over. */
  chooseView(view: TextView): void {
    this.#chosenView = view;
  }

  /** Opens a step, probed or not, or closes the one that is open. */
  selectStep(step: number | null): void {
    this.#selectedStep = step;
  }

  /** Shows something beside the text, in place of the step that is open; true when one was. */
  showSide(side: SidePane | null): boolean {
    const wasOpen = this.#selectedStep !== null;
    this.#side = side;
    this.#selectedStep = null;
    return wasOpen;
  }

  /** Shows only the timeline's heading, or all of it. */
  foldTimeline(isFolded: boolean): void {
    this.#isTimelineFolded = isFolded;
  }

  /** Takes what has been typed into the question box. */
  editQuestion(text: string): void {
    if (this.#composer) this.#composer = { ...this.#composer, text };
  }

  /** Takes the confirmation away. */
  clearStatus(): void {
    this.#status = null;
  }

  /** What the panel has to keep over being hidden or reloaded. */
  savedState(): SavedState {
    return {
      runId: this.#frame?.runId ?? this.#savedRunId,
      view: this.#chosenView,
      selectedStep: this.#selectedStep,
      side: this.#side,
      isTimelineFolded: this.#isTimelineFolded,
      draft: this.#composer ?? this.#draft,
    };
  }

  viewModel(): PanelViewModel {
    return { composer: this.#composer, run: this.#runView(), status: this.#status, unreadable: this.#unreadable };
  }

  #reframe(runId: string, changes: Partial<RunFrame>): void {
    if (runId === this.#frame?.runId) this.#frame = { ...this.#frame, ...changes };
  }

  #showContent({ composer, run }: PanelContent): void {
    this.#unreadable = null;
    this.#showComposer(composer);
    if (run?.runId !== (this.#frame?.runId ?? this.#savedRunId)) this.#selectedStep = null;
    this.#savedRunId = null;
    this.#frame = run;
    this.#run = run && new RunModel(run.runId);
    this.#difference = run?.parent ? new FirstDifference(run.parent.text) : null;
    if (run) this.#run?.add(run.lines);
  }

  #showComposer(composer: PanelContent['composer']): void {
    this.#composer = composer && this.#openedComposer(composer.question);
    this.#draft = null;
  }

  /** Content is shown again for many reasons; a question being typed is only given up for another one. */
  #openedComposer(question: string): ComposerView {
    const typed = this.#composer ?? this.#draft;
    return typed?.openedWith === question ? typed : { openedWith: question, text: question };
  }

  #runView(): RunPanelView | null {
    const frame = this.#frame;
    const run = this.#run;
    if (!frame || !run) return null;
    const { runId, question, title, generatorName, mentorName, preset, state } = frame;
    const { canReplace, notice, hasMore, parent, family, influence } = frame;
    const view = run.view();
    const active = isActive(state);
    return {
      ...{ runId, question, title, generatorName, mentorName, preset, state },
      ...{ canReplace, notice, hasMore, parent, family, influence },
      abilities: new Set(frame.abilities),
      header: run.header,
      description: describeState({ state, generatorName, mentorName, ended: view.ended }),
      isActive: active,
      view,
      decisionByStep: run.decisionByStep,
      facts: runFacts({ view, totals: run.totals, isActive: active, hasMentor: mentorName !== null }),
      timeline: run.timeline,
      isTimelineFolded: this.#isTimelineFolded,
      textView: active ? 'words' : this.#chosenView,
      canWeigh:
        influence !== null ||
        (frame.abilities.includes('weigh') && state.phase === 'done' && mentorSteps(view).length > 0),
      side: this.#side,
      stepsShown: this.#stepsShown,
      firstDifference: this.#difference?.find(view.text, view.ended !== null) ?? null,
      selected: selectedStep(this.#selectedStep, { view, decisionByStep: run.decisionByStep, header: run.header }),
    };
  }
}
