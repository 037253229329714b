import { libraryFolder } from '../../models/library/libraryFolder.ts';
import { ModelLibrary } from '../../models/library/modelLibrary.ts';
import type { CommandContext } from '../commandContext.ts';

/** The library that editor and terminal share. */
export function libraryOf({ environment }: Pick<CommandContext, 'environment'>): ModelLibrary {
  return new ModelLibrary(libraryFolder(null, environment));
}

/** A signal that Node's own functions take. */
export function abortSignalOf({ signal }: Pick<CommandContext, 'signal'>): AbortSignal {
  const abort = new AbortController();
  const stop = (): void => {
    abort.abort();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return abort.signal;
}
