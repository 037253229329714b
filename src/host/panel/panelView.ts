import * as vscode from 'vscode';
import type { HostMessage, PanelMessage } from '../../protocol/panel.ts';
import { panelMessageSchema } from '../../protocol/panel.ts';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { Scheduler } from '../scheduler.ts';
import { createNonce, panelHtml } from './panelHtml.ts';

/** Type of the panel, as package.json's activation event and key bindings name it. */
export const PANEL_TYPE = 'mentorcollab.panel';

/** How long the panel's script may take to say that it is there, in milliseconds. */
const READY_WITHIN_MS = 15_000;

export interface PanelViewOptions {
  readonly extensionUri: vscode.Uri;
  readonly scheduler: Scheduler;
  readonly log: HostLog;
}

/**
 * One webview panel as a wire: its page, its messages, and whether anyone is listening there. The page is thrown away
 * by VS Code whenever the panel is hidden or moved, and says `panel-ready` each time it is there again.
 */
export class PanelView extends Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #options: PanelViewOptions;
  readonly #messages = this.register(new Emitter<PanelMessage>());
  readonly #closed = this.register(new Emitter<void>());
  #isReady = false;
  #isClosed = false;
  #watchdog: DisposableLike | null = null;

  /** Messages of the panel, checked. */
  readonly onMessage = this.#messages.event;
  /** The user has closed the panel. */
  readonly onDidClose = this.#closed.event;

  /**
   * @param panel - new, or given by VS Code after the window was opened again. It outlives this view: closing it when
   * the window goes away would keep VS Code from bringing it back.
   */
  constructor(panel: vscode.WebviewPanel, options: PanelViewOptions) {
    super();
    this.#panel = panel;
    this.#options = options;
    const { extensionUri } = options;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
    this.register({
      dispose: () => {
        this.#watchdog?.dispose();
      },
    });
    this.register(
      panel.webview.onDidReceiveMessage((message) => {
        this.#receive(message);
      }),
    );
    this.register(
      panel.onDidChangeViewState(() => {
        this.#visibilityChanged();
      }),
    );
    panel.onDidDispose(() => {
      this.#isClosed = true;
      this.#closed.fire();
    });
    this.reload();
  }

  /** Whether the panel can be seen. */
  get isVisible(): boolean {
    return !this.#isClosed && this.#panel.visible;
  }

  /** Whether the panel's script is there to hear messages. */
  get isReady(): boolean {
    return this.#isReady && this.isVisible;
  }

  /** Brings the panel to the front where it is; beside an editor that it would hide. */
  reveal(focus: boolean): void {
    const column = vscode.window.activeTextEditor?.viewColumn;
    const wouldHide = !this.#panel.visible && column !== undefined && column === this.#panel.viewColumn;
    this.#panel.reveal(wouldHide ? vscode.ViewColumn.Beside : undefined, !focus);
  }

  /** Closes the panel. */
  close(): void {
    this.#panel.dispose();
  }

  /** Sends a message; lost when the panel is not ready, which asks for its content when it is. */
  post(message: HostMessage): void {
    if (!this.isReady) return;
    this.#panel.webview.postMessage(message).then(undefined, (thrown: unknown) => {
      this.#options.log.warn(`A message did not reach the panel: ${String(thrown)}`);
    });
  }

  /** Builds the page anew. */
  reload(): void {
    const { webview } = this.#panel;
    const uriOf = (file: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.#options.extensionUri, 'dist', file)).toString();
    this.#isReady = false;
    webview.html = panelHtml(
      { scriptUri: uriOf('panel.js'), styleUri: uriOf('panel.css'), cspSource: webview.cspSource },
      createNonce(),
    );
    this.#watch();
  }

  #receive(message: unknown): void {
    const parsed = panelMessageSchema.safeParse(message);
    if (!parsed.success) {
      this.#options.log.warn(`The panel sent something else than a message: ${parsed.error.message}`);
      return;
    }
    if (parsed.data.type === 'panel-ready') {
      this.#isReady = true;
      this.#watchdog?.dispose();
    }
    this.#messages.fire(parsed.data);
  }

  #visibilityChanged(): void {
    if (!this.#panel.visible) {
      this.#isReady = false;
      this.#watchdog?.dispose();
    } else if (!this.#isReady) this.#watch();
  }

  /** A page that does not come up would stay grey without a word. */
  #watch(): void {
    this.#watchdog?.dispose();
    this.#watchdog = this.#options.scheduler.after(READY_WITHIN_MS, () => {
      if (this.#isReady || !this.isVisible) return;
      this.#options.log.warn('The panel did not start.');
      const reload = 'Reload View';
      void vscode.window
        .showWarningMessage('The MentorCollab panel has not started. The run itself is not affected.', reload)
        .then((chosen) => {
          if (chosen === reload && !this.#isClosed) this.reload();
        });
    });
  }
}
