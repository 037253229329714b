import * as vscode from 'vscode';
import type { CompareHostMessage, CompareMessage } from '../../protocol/compare.ts';
import { compareMessageSchema } from '../../protocol/compare.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { PageKind, WebviewPageOptions } from '../panel/webviewPage.ts';
import { WebviewPage } from '../panel/webviewPage.ts';
import type { Comparison } from './comparison.ts';
import { ComparisonFeed } from './comparisonFeed.ts';

/** Type of a comparison's page, as package.json's activation event names it. */
export const COMPARE_TYPE = 'mentorcollab.compare';

const COMPARE_PAGE: PageKind<CompareMessage> = {
  name: 'the comparison',
  reassurance: 'Its runs are not affected.',
  bundle: 'compare',
  schema: compareMessageSchema,
  readyType: 'compare-ready',
};

export interface ComparePagesOptions extends WebviewPageOptions {
  readonly tellFailure: (thrown: unknown) => void;
}

/** The pages of all comparisons; closing one cancels what it has under way. */
export class ComparePages extends Disposable {
  readonly #options: ComparePagesOptions;
  readonly #runRequests = this.register(new Emitter<string>());
  readonly #open = new Set<Disposable>();

  /** A reader wants to see a run, by its id, in the panel. */
  readonly onDidRequestRun = this.#runRequests.event;

  constructor(options: ComparePagesOptions) {
    super();
    this.#options = options;
    this.register({
      dispose: () => {
        for (const open of this.#open) open.dispose();
      },
    });
  }

  /** Shows a comparison on a page of its own. */
  show(comparison: Comparison): void {
    const title = 'MentorCollab: Comparison';
    this.adopt(vscode.window.createWebviewPanel(COMPARE_TYPE, title, vscode.ViewColumn.Active), comparison);
  }

  /** Shows a comparison on a page that VS Code has kept over a reload of the window. */
  adopt(panel: vscode.WebviewPanel, comparison: Comparison): void {
    const page = new WebviewPage<CompareHostMessage, CompareMessage>(panel, COMPARE_PAGE, this.#options);
    const feed = new ComparisonFeed({
      comparison,
      scheduler: this.#options.scheduler,
      post: (message) => {
        page.post(message);
      },
    });
    const open = new OpenComparison([comparison, page, feed]);
    this.#open.add(open);
    page.onDidClose(() => {
      this.#open.delete(open);
      open.dispose();
    });
    page.onMessage((message) => {
      this.#do(message, { comparison, page, feed }).catch(this.#options.tellFailure);
    });
  }

  async #do(
    message: CompareMessage,
    {
      comparison,
      page,
      feed,
    }: { comparison: Comparison; page: WebviewPage<CompareHostMessage, CompareMessage>; feed: ComparisonFeed },
  ): Promise<void> {
    switch (message.type) {
      case 'compare-ready':
        feed.start();
        return;
      case 'cancel-requested':
        comparison.cancel();
        return;
      case 'resume-requested':
        await comparison.run();
        return;
      case 'run-requested':
        this.#runRequests.fire(message.runId);
        return;
      case 'table-copied':
        await vscode.env.clipboard.writeText(message.markdown);
        page.post({ type: 'status-told', message: 'Table copied as Markdown' });
    }
  }
}

/** What belongs to one page, given back together. */
class OpenComparison extends Disposable {
  constructor(parts: readonly Disposable[]) {
    super();
    for (const part of parts) this.register(part);
  }
}
