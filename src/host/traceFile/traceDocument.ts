import * as vscode from 'vscode';
import { Disposable } from '../disposable.ts';
import type { Scheduler } from '../scheduler.ts';
import type { FileContent } from './fileContent.ts';
import type { TraceFileState } from './traceFollower.ts';
import { TraceFollower } from './traceFollower.ts';

export interface TraceDocumentOptions {
  readonly file: FileContent;
  readonly scheduler: Scheduler;
}

/** A trace file that is open in one or more editors, followed while it is. */
export class TraceDocument extends Disposable implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly openedAtMs = Date.now();
  readonly #follower: TraceFollower;

  constructor(uri: vscode.Uri, { file, scheduler }: TraceDocumentOptions) {
    super();
    this.uri = uri;
    this.#follower = this.register(new TraceFollower({ file, scheduler, now: Date.now }));
    // A name may hold signs that mean something in a pattern, so the whole folder is watched.
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*.mctrace.jsonl');
    const watcher = this.register(vscode.workspace.createFileSystemWatcher(pattern));
    const look = (changed: vscode.Uri): void => {
      if (changed.toString() === uri.toString()) void this.#follower.look();
    };
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) this.register(event(look));
  }

  /** What is known of the file. */
  get state(): TraceFileState {
    return this.#follower.state;
  }

  /** Tells that the file, or what is known of it, has changed. */
  get onDidChange(): TraceFollower['onDidChange'] {
    return this.#follower.onDidChange;
  }

  /** Reads the file for the first time, and on from now on. */
  start(): Promise<void> {
    return this.#follower.start();
  }
}
