import { join } from 'node:path';
import * as vscode from 'vscode';
import { asMentorCollabError } from '../../core/errors.ts';
import { describeThrown } from '../describeThrown.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import { createNonce } from '../panel/panelHtml.ts';
import { TRACE_EDITOR_TYPE } from '../traceFile/traceEditorProvider.ts';
import { dataName } from './benchmarkChoice.ts';
import type { Benchmarks } from './benchmarks.ts';
import { messagePageHtml } from './messagePageHtml.ts';
import type { ReportAction } from './reportMessage.ts';
import { reportMessageSchema, reportStateSchema } from './reportMessage.ts';
import { isTraceOf } from './reportTraces.ts';

/** Type of a report's page, as package.json's activation event names it. */
export const REPORT_TYPE = 'mentorcollab.benchmark';

export interface ReportPagesOptions {
  readonly benchmarks: Benchmarks;
  readonly extensionUri: vscode.Uri;
  readonly log: HostLog;
  readonly tellFailure: (thrown: unknown) => void;
}

/** A button over a report was pressed. */
export interface ReportRequest {
  readonly name: string;
  readonly action: ReportAction;
}

/** The pages of reports, one for each benchmark that is looked at. */
export class ReportPages extends Disposable {
  readonly #options: ReportPagesOptions;
  readonly #requests = this.register(new Emitter<ReportRequest>());
  readonly #pages = new Map<string, ReportPage>();

  /** A reader wants something done with a benchmark. */
  readonly onDidRequest = this.#requests.event;

  constructor(options: ReportPagesOptions) {
    super();
    this.#options = options;
    const { benchmarks } = options;
    this.register(
      benchmarks.onDidReport((name) => {
        void this.#pages.get(name)?.refresh();
      }),
    );
    this.register(
      benchmarks.onDidDelete((name) => {
        this.#pages.get(name)?.close();
      }),
    );
    this.register(
      benchmarks.onDidUpdate(() => {
        for (const page of this.#pages.values()) void page.refresh();
      }),
    );
    this.register({
      dispose: () => {
        for (const page of this.#pages.values()) page.dispose();
      },
    });
    this.register(
      vscode.window.registerWebviewPanelSerializer(REPORT_TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const saved = reportStateSchema.safeParse(state);
          if (saved.success && !this.#pages.has(saved.data.benchmark)) await this.#adopt(panel, saved.data.benchmark);
          else panel.dispose();
        },
      }),
    );
  }

  /** Shows the report of a benchmark; throws a MentorCollabError where it can't be. */
  async open(name: string): Promise<void> {
    const page = this.#pages.get(name);
    if (page) {
      page.reveal();
      return;
    }
    const { choice } = await this.#options.benchmarks.find(name);
    const title = `Benchmark: ${dataName(choice.data)}`;
    const options = { enableFindWidget: true };
    await this.#adopt(vscode.window.createWebviewPanel(REPORT_TYPE, title, vscode.ViewColumn.Active, options), name);
  }

  async #adopt(panel: vscode.WebviewPanel, name: string): Promise<void> {
    const page = new ReportPage(panel, name, {
      ...this.#options,
      request: (action) => {
        this.#requests.fire({ name, action });
      },
      onClosed: () => {
        this.#pages.delete(name);
      },
    });
    this.#pages.set(name, page);
    await page.refresh();
  }
}

interface ReportPageOptions extends ReportPagesOptions {
  readonly request: (action: ReportAction) => void;
  readonly onClosed: () => void;
}

/** The page of one report. It is made from the benchmark's folder whenever that has changed, and keeps nothing. */
class ReportPage extends Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #name: string;
  readonly #options: ReportPageOptions;
  /** Whether something has changed that the page does not show yet. */
  #isStale = false;
  #refreshing: Promise<void> | null = null;

  constructor(panel: vscode.WebviewPanel, name: string, options: ReportPageOptions) {
    super();
    this.#panel = panel;
    this.#name = name;
    this.#options = options;
    panel.iconPath = vscode.Uri.joinPath(options.extensionUri, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    this.register(options.benchmarks.watch(() => (this.#isVisible ? name : null)));
    this.register(
      panel.webview.onDidReceiveMessage((message) => {
        this.#receive(message).catch(options.tellFailure);
      }),
    );
    this.register(
      panel.onDidChangeViewState(() => {
        if (panel.visible && this.#isStale) void this.refresh();
      }),
    );
    panel.onDidDispose(() => {
      options.onClosed();
      this.dispose();
    });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  close(): void {
    this.#panel.dispose();
  }

  /** Shows what there is now; a page that is hidden does so when it is seen again. Never rejects. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#refreshing ??= this.#refreshWhileStale();
    return this.#refreshing;
  }

  async #refreshWhileStale(): Promise<void> {
    while (this.#isStale && this.#isVisible) {
      this.#isStale = false;
      const html = await this.#html();
      if (!this.isDisposed) this.#panel.webview.html = html;
    }
    this.#refreshing = null;
  }

  get #isVisible(): boolean {
    return !this.isDisposed && this.#panel.visible;
  }

  async #html(): Promise<string> {
    const { benchmarks, log } = this.#options;
    const nonce = createNonce();
    try {
      const summary = await benchmarks.find(this.#name);
      const report = await benchmarks.kept.readReport(this.#name);
      if (!report) return messagePageHtml('There is no report yet: it comes with the first run.', nonce);
      const { reportPageHtml } = await import('./reportPageHtml.ts');
      const isRunning = benchmarks.activeName === this.#name;
      return reportPageHtml(report, { summary, isRunning, nonce });
    } catch (thrown) {
      log.warn(`The report of ${this.#name} can't be shown: ${describeThrown(thrown)}`);
      return messagePageHtml(asMentorCollabError(thrown).message, nonce);
    }
  }

  async #receive(message: unknown): Promise<void> {
    const { benchmarks, log, request } = this.#options;
    const parsed = reportMessageSchema.safeParse(message);
    if (!parsed.success) {
      log.warn(`Something else than a message came from a report: ${parsed.error.message}`);
      return;
    }
    if (parsed.data.type === 'action-requested') {
      request(parsed.data.action);
      return;
    }
    const { place } = parsed.data;
    const report = await benchmarks.kept.readReport(this.#name);
    if (!report || !isTraceOf(report, place)) {
      log.warn(`The report of ${this.#name} has asked for what is no trace of it: ${place}`);
      return;
    }
    const uri = vscode.Uri.file(join(benchmarks.kept.pathOf(this.#name), ...place.split('/')));
    await vscode.commands.executeCommand('vscode.openWith', uri, TRACE_EDITOR_TYPE, {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
    });
  }
}
