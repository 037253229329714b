import { render } from 'preact';
import type { PanelMessage } from '../protocol/panel.ts';
import { App } from './components/App.tsx';
import { PanelModel } from './model/panelModel.ts';
import type { PanelActions } from './panelActions.ts';
import { readHostMessage } from './readHostMessage.ts';
import { readSavedState } from './savedState.ts';
import './styles/panel.css';

/** What VS Code gives a webview; may be asked for once. */
interface VsCodeApi {
  postMessage(message: PanelMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

start(acquireVsCodeApi(), rootElement());

/** Shows what the host sends in `root`, and tells the host what the reader does. */
function start(api: VsCodeApi, root: HTMLElement): void {
  const model = new PanelModel(readSavedState(api.getState()));
  let hasContent = false;
  const redraw = (): void => {
    if (hasContent) api.setState(model.savedState());
    render(<App panel={hasContent ? model.viewModel() : null} actions={actions} now={Date.now} />, root);
  };
  const changing =
    <Arguments extends readonly unknown[]>(change: (...given: Arguments) => void) =>
    (...given: Arguments): void => {
      change(...given);
      redraw();
    };
  const actions: PanelActions = {
    send: (message) => {
      api.postMessage(message);
    },
    chooseView: changing((view) => {
      model.chooseView(view);
    }),
    selectStep: changing((step) => {
      model.selectStep(step);
      api.postMessage({ type: 'step-selected', step });
    }),
    showSide: changing((side) => {
      if (model.showSide(side)) api.postMessage({ type: 'step-selected', step: null });
    }),
    foldTimeline: changing((isFolded) => {
      model.foldTimeline(isFolded);
    }),
    editQuestion: changing((text) => {
      model.editQuestion(text);
    }),
    clearStatus: changing(() => {
      model.clearStatus();
    }),
  };
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = readHostMessage(data);
    if (!message) {
      console.warn('The panel was sent something it does not know, and ignores it.', data);
      return;
    }
    hasContent ||= message.type === 'content-shown' || message.type === 'file-unreadable';
    model.receive(message);
    // A pane takes the place of the step that is open.
    if (message.type === 'side-shown') api.postMessage({ type: 'step-selected', step: null });
    redraw();
  });
  redraw();
  const { runId, selectedStep: step } = model.savedState();
  actions.send({ type: 'panel-ready', opened: runId === null || step === null ? null : { runId, step } });
}

/** The element that the host's page has for us. */
function rootElement(): HTMLElement {
  const root = document.getElementById('root');
  if (!root) throw new Error('The panel has no element with the id "root" to draw in.');
  return root;
}
