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
    let words: string | undefined;
    let reached: number | null = null;
    // VS Code forgets what a report leaves out: words, or that there is a measure.
    const tell = (share: number | null): void => {
      const increment = share === null ? undefined : Math.max(0, share - (reached ?? 0)) * 100;
      if (share !== null) reached = Math.max(reached ?? 0, share);
      notification.report({
        ...(words !== undefined && { message: words }),
        ...(increment !== undefined && { increment }),
      });
    };
    try {
      return await task(abort.signal, {
        say: (message) => {
          words = message;
          tell(reached);
        },
        reach: (share) => {
          tell(share);
        },
      });
    } finally {
      listening.dispose();
    }
  });
}
