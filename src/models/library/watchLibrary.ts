import { mkdirSync, watch } from 'node:fs';
import type { LibraryPlaces } from './libraryPlaces.ts';

/** Ends with {@link dispose}. */
export interface Subscription {
  dispose(): void;
}

/** Changes come in bursts; after the first one, this long is waited for the rest. */
const BURST_MS = 100;

/**
 * Watches a library's folder, which is made if it isn't there. Bytes that arrive in a model's own folder are no changes:
 * every process that changes what is installed rings the bell in the folder above.
 */
export function watchLibrary(places: LibraryPlaces, onChange: () => void): Subscription {
  mkdirSync(places.folder, { recursive: true });
  let timer: NodeJS.Timeout | null = null;
  const changed = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      onChange();
    }, BURST_MS);
  };
  const watcher = watch(places.folder, { persistent: false }, changed);
  // The folder is gone, or the system has run out of watches: what there is to see is told once more.
  watcher.on('error', changed);
  return {
    dispose: () => {
      watcher.close();
      if (timer) clearTimeout(timer);
    },
  };
}
