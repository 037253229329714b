import type { CommandContext } from './commandContext.ts';

/** A command's abort as a signal of Node's own, which files and network want. */
export function abortSignalOf({ signal }: Pick<CommandContext, 'signal'>): AbortSignal {
  const abort = new AbortController();
  const stop = (): void => {
    abort.abort();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return abort.signal;
}
