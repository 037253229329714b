import * as vscode from 'vscode';
import type { DownloadManager } from '../../models/download/downloadManager.ts';
import type { DownloadStatus } from '../../models/download/downloadStatus.ts';
import { PUBLIC_HUB } from '../../models/download/hub/hubAccess.ts';
import { Disposable } from '../disposable.ts';
import { DownloadChangeFinder } from './downloadChanges.ts';
import { downloadDescription, isUnderWay, percentOf, progressWords } from './downloadWords.ts';
import type { HostLog } from '../hostLog.ts';

export interface DownloadNoticesParts {
  readonly manager: DownloadManager;
  readonly nameOf: (id: string) => string;
  /** Does what was to be done with a model once it is there; gives whether that was told to the user. */
  readonly onDone: (id: string) => Promise<boolean>;
  readonly useAs: (role: 'generator' | 'mentor', id: string) => Promise<unknown>;
  readonly cancel: (id: string) => Promise<void>;
  readonly setHubToken: () => Promise<void>;
  readonly showLog: () => void;
  readonly log: HostLog;
  readonly tellFailure: (thrown: unknown) => void;
}

const [RETRY, OPEN_PAGE, SET_TOKEN, SHOW_LOG] = ['Retry', 'Open Page', 'Set Hub Token…', 'Show Log'] as const;

/** Tells of downloads by notifications: one while any goes on, one for each that ends. */
export class DownloadNotices extends Disposable {
  readonly #parts: DownloadNoticesParts;
  readonly #finder = new DownloadChangeFinder();
  #progress: ProgressNotice | null = null;

  constructor(parts: DownloadNoticesParts) {
    super();
    this.#parts = parts;
    this.register(
      parts.manager.onChange(() => {
        this.#follow();
      }),
    );
    this.register({ dispose: () => this.#progress?.end() });
  }

  #follow(): void {
    const { manager, nameOf, tellFailure, log } = this.#parts;
    const { done, failed, underWay } = this.#finder.changes(manager.list);
    for (const status of done) this.#tellDone(status).catch(tellFailure);
    for (const status of failed) {
      log.error(`The download of ${status.download.id} has failed: ${status.error?.message ?? ''}`);
      this.#tellFailed(status).catch(tellFailure);
    }
    if (underWay.length === 0) {
      this.#progress?.end();
      this.#progress = null;
      return;
    }
    this.#progress ??= new ProgressNotice(() => {
      this.#stopAll().catch(tellFailure);
    });
    this.#progress.tell(underWay, nameOf);
  }

  async #tellDone({ download: { id } }: DownloadStatus): Promise<void> {
    const { onDone, nameOf, useAs } = this.#parts;
    if (await onDone(id)) return;
    const [generator, mentor] = ['Use as Generator', 'Use as Mentor'] as const;
    const message = `${nameOf(id)} is downloaded and checked.`;
    const chosen = await vscode.window.showInformationMessage(message, generator, mentor);
    if (chosen === generator) await useAs('generator', id);
    else if (chosen === mentor) await useAs('mentor', id);
  }

  async #tellFailed({ download, error }: DownloadStatus): Promise<void> {
    const { manager, nameOf, setHubToken, showLog } = this.#parts;
    const { id, source } = download;
    const reason = error?.message ?? 'The log may say why.';
    const buttons = [
      RETRY,
      ...(source.type === 'hub' ? [OPEN_PAGE] : []),
      ...(/\btoken\b/.test(reason) ? [SET_TOKEN] : []),
      SHOW_LOG,
    ];
    const chosen = await vscode.window.showErrorMessage(`${nameOf(id)} was not downloaded. ${reason}`, ...buttons);
    switch (chosen) {
      case RETRY:
        manager.resume(id);
        break;
      case OPEN_PAGE:
        if (source.type === 'hub')
          await vscode.env.openExternal(vscode.Uri.parse(`${PUBLIC_HUB}/${source.repository}`));
        break;
      case SET_TOKEN:
        await setHubToken();
        manager.resume(id);
        break;
      case SHOW_LOG:
        showLog();
        break;
      case undefined:
    }
  }

  /** Stops at once, and lets the user choose at leisure whether what has arrived is of any use. */
  async #stopAll(): Promise<void> {
    const { manager, nameOf, cancel } = this.#parts;
    const underWay = manager.list.filter((status) => isUnderWay(status) && !status.isElsewhere);
    const ids = underWay.map(({ download }) => download.id);
    for (const id of ids) await manager.pause(id);
    const stopped = manager.list.filter(({ download }) => ids.includes(download.id));
    if (stopped.length === 0) return;
    const what = stopped
      .map(({ download, progress }) => `${nameOf(download.id)} (${progressWords(progress)})`)
      .join(', ');
    const [resume, remove] = ['Resume', 'Delete What Has Arrived'] as const;
    const message = `Stopped downloading ${what}. What has arrived is kept.`;
    const chosen = await vscode.window.showInformationMessage(message, resume, remove);
    if (chosen === resume) for (const id of ids) manager.resume(id);
    if (chosen === remove) for (const id of ids) await cancel(id);
  }
}

/** A notification while something is downloaded, which can be cancelled. */
class ProgressNotice {
  readonly end: () => void;
  #report: (value: { message: string; increment: number }) => void = () => undefined;
  #percent = 0;

  constructor(onCancel: () => void) {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.end = end;
    const location = vscode.ProgressLocation.Notification;
    const options = { location, title: 'Downloading', cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      this.#report = (value) => {
        progress.report(value);
      };
      token.onCancellationRequested(() => {
        end();
        onCancel();
      });
      await ended;
    });
  }

  tell(underWay: readonly DownloadStatus[], nameOf: (id: string) => string): void {
    const [first, ...others] = underWay;
    if (!first) return;
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    const percent = Math.max(this.#percent, percentOf(first.progress) ?? 0);
    this.#report({
      message: `${nameOf(first.download.id)}: ${downloadDescription(first)}${more}`,
      increment: percent - this.#percent,
    });
    this.#percent = percent;
  }
}
