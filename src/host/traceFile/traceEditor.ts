import * as vscode from 'vscode';
import { MentorCollabError } from '../../core/errors.ts';
import { exportText } from '../../export/exportText.ts';
import type { RunRecord } from '../../export/runRecord.ts';
import { recordOfLines } from '../../export/runRecord.ts';
import type { HostMessage, PanelMessage } from '../../protocol/panel.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import { saveExport } from '../export/saveExport.ts';
import { PanelView } from '../panel/panelView.ts';
import type { WebviewPageOptions } from '../panel/webviewPage.ts';
import { finalText } from '../runs/finalText.ts';
import type { ActiveRun } from '../selection/activeRun.ts';
import type { PageChange, RunPage } from '../selection/runPage.ts';
import type { TraceDocument } from './traceDocument.ts';
import { TraceFeed } from './traceFeed.ts';

/** What an editor of a trace file can do beyond showing it. */
export interface TraceEditorOptions extends WebviewPageOptions {
  /** Tells the user what could not be done. */
  readonly tellFailure: (thrown: unknown) => void;
  /** Copies the run of a file into those kept here, and shows it; null where none are kept. */
  readonly keep: ((record: RunRecord, uri: vscode.Uri) => Promise<void>) | null;
  readonly activeRun: Pick<ActiveRun, 'add'>;
}

/** One editor of a trace file: the panel's page over a document. */
export class TraceEditor extends Disposable implements RunPage {
  readonly #document: TraceDocument;
  readonly #options: TraceEditorOptions;
  readonly #view: PanelView;
  readonly #feed: TraceFeed;
  readonly #changed = this.register(new Emitter<PageChange>());
  #selected: { readonly lines: readonly TraceLine[] | null; readonly step: number | null } | null = null;
  /** To be opened once the page is there. */
  #awaitedStep: number | null = null;

  /** What has changed of what the page shows. */
  readonly onDidChange = this.#changed.event;

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
        this.#changed.fire('lines-changed');
      }),
    );
    this.register(
      this.#view.onDidChangeView(() => {
        this.#changed.fire(this.#view.isFocused ? 'page-used' : 'view-changed');
      }),
    );
    this.#view.onDidClose(() => {
      this.dispose();
    });
    this.#view.onMessage((message) => void this.#answer(message).catch(options.tellFailure));
    this.register(options.activeRun.add(this));
  }

  /** The file's name. */
  get name(): string {
    return this.#document.uri.path.split('/').at(-1) ?? '';
  }

  get lines(): readonly TraceLine[] | null {
    const { lines } = this.#document.state;
    return lines.length > 0 ? lines : null;
  }

  get selectedStep(): number | null {
    return this.#selected && this.#selected.lines === this.lines ? this.#selected.step : null;
  }

  get isVisible(): boolean {
    return this.#view.isVisible;
  }

  showStep(step: number): void {
    this.#selected = { lines: this.lines, step };
    this.#view.uncover();
    if (this.#view.isReady) this.#post(this.#feed.showStep(step));
    else this.#awaitedStep = step;
  }

  tell(message: string): void {
    this.#view.post({ type: 'status-told', message });
  }

  /** Everything but these needs an engine or the runs kept here; the page of a file has no buttons for it. */
  async #answer(message: PanelMessage): Promise<void> {
    const { type } = message;
    if (type === 'panel-ready') this.#fill(message.opened);
    else if (type === 'step-selected') this.#select(message.step);
    else if (type === 'more-requested') this.#post(this.#feed.more());
    else if (type === 'copy-requested') await this.#copy(message.part);
    else if (type === 'keep-requested') await this.#options.keep?.(this.#record(), this.#document.uri);
    else if (type === 'export-requested') {
      await saveExport(this.#record(), vscode.Uri.joinPath(this.#document.uri, '..'));
    } else if (type === 'text-requested') {
      await vscode.commands.executeCommand('vscode.openWith', this.#document.uri, 'default');
    }
  }

  /** A new page opens the step it is to open, or else the one that an earlier page had open, of which others may not know. */
  #fill(opened: { readonly runId: string; readonly step: number } | null): void {
    this.#post(this.#feed.show());
    const step = this.#awaitedStep;
    this.#awaitedStep = null;
    if (step !== null) this.#post(this.#feed.showStep(step));
    else this.#select(opened !== null && opened.runId === this.#feed.runId ? opened.step : null);
  }

  #select(step: number | null): void {
    this.#selected = { lines: this.lines, step };
    this.#changed.fire('step-selected');
  }

  #post(messages: readonly HostMessage[]): void {
    for (const message of messages) this.#view.post(message);
  }

  async #copy(part: keyof typeof COPIED): Promise<void> {
    const text = part === 'annotated' ? exportText(this.#record()) : finalText(this.#document.state.lines, part);
    if (text === null) throw new MentorCollabError('bad-input', 'There is nothing to copy yet.');
    await vscode.env.clipboard.writeText(text);
    this.tell(COPIED[part]);
  }

  #record(): RunRecord {
    const { lines, damage } = this.#document.state;
    const record = recordOfLines(lines, damage);
    if (record) return record;
    throw new MentorCollabError('bad-input', 'There is no run in this file.');
  }
}

const COPIED = { text: 'Solution copied', answer: 'Answer copied', annotated: 'Copied with annotations' } as const;
