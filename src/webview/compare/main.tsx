import { render } from 'preact';
import type { CompareMessage } from '../../protocol/compare.ts';
import type { CompareActions } from './compareActions.ts';
import { CompareApp } from './components/CompareApp.tsx';
import { ComparisonModel } from './model/comparisonModel.ts';
import { readCompareMessage } from './readCompareMessage.ts';
import { readChoices } from './savedState.ts';
import './styles/comparePage.css';

/** What VS Code gives a webview; may be asked for once. */
interface VsCodeApi {
  postMessage(message: CompareMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

start(acquireVsCodeApi(), rootElement());

/** Shows what the host sends in `root`, and tells the host what the reader does. */
function start(api: VsCodeApi, root: HTMLElement): void {
  const model = new ComparisonModel(readChoices(api.getState()));
  const redraw = (): void => {
    const view = model.view();
    if (view) api.setState(model.savedState());
    render(<CompareApp view={view} actions={actions} now={Date.now} />, root);
  };
  const changing =
    <Arguments extends readonly unknown[]>(change: (...given: Arguments) => void) =>
    (...given: Arguments): void => {
      change(...given);
      redraw();
    };
  const actions: CompareActions = {
    send: (message) => {
      api.postMessage(message);
    },
    choose: changing((choices) => {
      model.choose(choices);
    }),
    goBy: changing((by) => {
      model.goBy(by);
    }),
    clearStatus: changing(() => {
      model.clearStatus();
    }),
  };
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = readCompareMessage(data);
    if (!message) {
      console.warn('The comparison was sent something it does not know, and ignores it.', data);
      return;
    }
    model.receive(message);
    redraw();
  });
  redraw();
  actions.send({ type: 'compare-ready' });
}

/** The element that the host's page has for us. */
function rootElement(): HTMLElement {
  const root = document.getElementById('root');
  if (!root) throw new Error('The comparison has no element with the id "root" to draw in.');
  return root;
}
