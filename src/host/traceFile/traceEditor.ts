import * as vscode from 'vscode';
import { MentorCollabError } from '../../core/errors.ts';
import type { RunRecord } from '../../export/runRecord.ts';
import type { HostMessage, PanelMessage } from '../../protocol/panel.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import { Disposable } from '../disposable.ts';
import { saveExport } from '../export/saveExport.ts';
import { PanelView } from '../panel/panelView.ts';
import type { WebviewPageOptions } from '../panel/webviewPage.ts';
import type { SolutionPart } from '../runs/finalText.ts';
import { finalText } from '../runs/finalText.ts';
import type { TraceDocument } from './traceDocument.ts';
import { TraceFeed } from './traceFeed.ts';

/** What an editor of a trace file can do beyond showing it. */
export interface TraceEditorOptions extends WebviewPageOptions {
  /** Tells the user what could not be done. */
  readonly tellFailure: (thrown: unknown) => void;
  /** Copies the run of a file into those kept here, and shows it; null where none are kept. */
  readonly keep: ((record: RunRecord, uri: vscode.Uri) => Promise<void>) | null;
}

/** One editor of a trace file: the panel's page over a document. */
export class TraceEditor extends Disposable {
  readonly #document: TraceDocument;
  readonly #options: TraceEditorOptions;
  readonly #view: PanelView;
  readonly #feed: TraceFeed;

  constructor(document: TraceDocument, panel: vscode.WebviewPanel, options: TraceEditorOptions) {
    super();
    this.#document = document;
    this.#options = options;
    this.#feed = new TraceFeed({
      readState: () => document.state,
      abilities: options.keep ? ['keep'] : [],
      openedAtMs: document.openedAtMs,
    });
    this.#view = this.register(new PanelView(panel, options));
    this.register(
      document.onDidChange(() => {
        if (this.#view.isReady) this.#post(this.#feed.update());
      }),
    );
    this.#view.onDidClose(() => {
      this.dispose();
    });
    this.#view.onMessage((message) => void this.#answer(message).catch(options.tellFailure));
  }

  /** Everything but these needs an engine or the runs kept here; the page of a file has no buttons for it. */
  async #answer(message: PanelMessage): Promise<void> {
    const { type } = message;
    if (type === 'panel-ready') this.#post(this.#feed.show());
    else if (type === 'more-requested') this.#post(this.#feed.more());
    else if (type === 'copy-requested' && message.part !== 'annotated') await this.#copy(message.part);
    else if (type === 'keep-requested') await this.#options.keep?.(this.#record(), this.#document.uri);
    else if (type === 'export-requested') {
      await saveExport(this.#record(), vscode.Uri.joinPath(this.#document.uri, '..'));
    } else if (type === 'text-requested') {
      await vscode.commands.executeCommand('vscode.openWith', this.#document.uri, 'default');
    }
  }

  #post(messages: readonly HostMessage[]): void {
    for (const message of messages) this.#view.post(message);
  }

  async #copy(part: SolutionPart): Promise<void> {
    const text = finalText(this.#document.state.lines, part);
    if (text === null) throw new MentorCollabError('bad-input', 'There is nothing to copy yet.');
    await vscode.env.clipboard.writeText(text);
    this.#post([{ type: 'status-told', message: part === 'answer' ? 'Answer copied' : 'Solution copied' }]);
  }

  #record(): RunRecord {
    const { lines, damage } = this.#document.state;
    const [header] = lines;
    if (header?.type === 'run-started') return { header, events: eventsOf(lines), damage };
    throw new MentorCollabError('bad-input', 'There is no run in this file.');
  }
}
