import * as vscode from 'vscode';
import type { z } from 'zod';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { Scheduler } from '../scheduler.ts';
import { createNonce, panelHtml } from './panelHtml.ts';

/** How long a page's script may take to say that it is there, in milliseconds. */
const READY_WITHIN_MS = 15_000;

/** What every page is made with. */
export interface WebviewPageOptions {
  readonly extensionUri: vscode.Uri;
  readonly scheduler: Scheduler;
  readonly log: HostLog;
}

/** What sets one kind of page apart from another. */
export interface PageKind<In extends { readonly type: string }> {
  /** What users know it as, within a sentence, such as `the MentorCollab panel`. */
  readonly name: string;
  /** What is not affected when it does not start, as a sentence. */
  readonly reassurance: string;
  /** Its bundle in `dist/`, a script and a style sheet of that name. */
  readonly bundle: string;
  /** Parses what the page sends; a webview is not trusted. */
  readonly schema: z.ZodType<In>;
  /** The message by which the page says that its script is there and wants its content. */
  readonly readyType: In['type'];
}

/**
 * One webview panel as a wire: its page, its messages, and whether anyone is listening there. The page is thrown away
 * by VS Code whenever the panel is hidden or moved, and says that it is ready each time it is there again.
 */
export class WebviewPage<
  Out extends { readonly type: string },
  In extends { readonly type: string },
> extends Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #kind: PageKind<In>;
  readonly #options: WebviewPageOptions;
  readonly #messages = this.register(new Emitter<In>());
  readonly #closed = this.register(new Emitter<void>());
  readonly #viewChanged = this.register(new Emitter<void>());
  #isReady = false;
  #isClosed = false;
  #watchdog: DisposableLike | null = null;

  /** Messages of the page, checked. */
  readonly onMessage = this.#messages.event;
  /** The user has closed the panel. */
  readonly onDidClose = this.#closed.event;
  /** The page can be seen now or no longer, or has got or lost the focus. */
  readonly onDidChangeView = this.#viewChanged.event;

  /**
   * @param panel - new, or given by VS Code after the window was opened again. It outlives this page: closing it when
   * the window goes away would keep VS Code from bringing it back.
   */
  constructor(panel: vscode.WebviewPanel, kind: PageKind<In>, options: WebviewPageOptions) {
    super();
    this.#panel = panel;
    this.#kind = kind;
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
        this.#viewChanged.fire();
      }),
    );
    panel.onDidDispose(() => {
      this.#isClosed = true;
      this.#closed.fire();
    });
    this.reload();
  }

  /** Whether the page can be seen. */
  get isVisible(): boolean {
    return !this.#isClosed && this.#panel.visible;
  }

  /** Whether the page has the focus, or had it last of all editors. */
  get isFocused(): boolean {
    return !this.#isClosed && this.#panel.active;
  }

  /** Whether the page's script is there to hear messages. */
  get isReady(): boolean {
    return this.#isReady && this.isVisible;
  }

  /** Brings the page to the front where it is; beside an editor that it would hide. */
  reveal(focus: boolean): void {
    const column = vscode.window.activeTextEditor?.viewColumn;
    const wouldHide = !this.#panel.visible && column !== undefined && column === this.#panel.viewColumn;
    this.#panel.reveal(wouldHide ? vscode.ViewColumn.Beside : undefined, !focus);
  }

  /** Brings the page to the front where it is, without the focus. */
  uncover(): void {
    if (!this.isVisible) this.#panel.reveal(undefined, true);
  }

  /** Closes the panel. */
  close(): void {
    this.#panel.dispose();
  }

  /** Sends a message; lost when the page is not ready, which asks for its content when it is. */
  post(message: Out): void {
    if (!this.isReady) return;
    this.#panel.webview.postMessage(message).then(undefined, (thrown: unknown) => {
      this.#options.log.warn(`A message did not reach ${this.#kind.name}: ${String(thrown)}`);
    });
  }

  /** Builds the page anew. */
  reload(): void {
    const { webview } = this.#panel;
    const uriOf = (file: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.#options.extensionUri, 'dist', file)).toString();
    const { bundle } = this.#kind;
    this.#isReady = false;
    webview.html = panelHtml(
      { scriptUri: uriOf(`${bundle}.js`), styleUri: uriOf(`${bundle}.css`), cspSource: webview.cspSource },
      createNonce(),
    );
    this.#watch();
  }

  #receive(message: unknown): void {
    const parsed = this.#kind.schema.safeParse(message);
    if (!parsed.success) {
      this.#options.log.warn(`Something else than a message came from ${this.#kind.name}: ${parsed.error.message}`);
      return;
    }
    if (parsed.data.type === this.#kind.readyType) {
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
      const { name, reassurance } = this.#kind;
      const what = `${name.charAt(0).toUpperCase()}${name.slice(1)} has not started.`;
      this.#options.log.warn(what);
      const reload = 'Reload View';
      void vscode.window.showWarningMessage(`${what} ${reassurance}`, reload).then((chosen) => {
        if (chosen === reload && !this.#isClosed) this.reload();
      });
    });
  }
}
