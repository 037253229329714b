import * as vscode from 'vscode';

/** Tells how far a task is. */
export interface TaskProgress {
  /** Words behind the title. */
  say(words: string): void;
  /** How much is done, 0..1; never less than before. */
  reach(share: number): void;
}

/** Runs a task below a notification that can cancel it. */
export function cancellableProgress<T>(
  title: string,
  task: (signal: AbortSignal, progress: TaskProgress) => Promise<T>,
): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (notification, token) => {
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => {
      abort.abort();
    });
    let reached = 0;
    try {
      return await task(abort.signal, {
        say: (message) => {
          notification.report({ message });
        },
        reach: (share) => {
          notification.report({ increment: Math.max(0, share - reached) * 100 });
          reached = Math.max(reached, share);
        },
      });
    } finally {
      listening.dispose();
    }
  });
}
