import { mkdirSync, watch } from 'node:fs';
import { describeThrown } from '../describeThrown.ts';
import type { DisposableLike } from '../disposable.ts';
import type { HostLog } from '../hostLog.ts';

/**
 * Watches a folder, which is made when it is not there. Where that can't be done, the log says so, and what other
 * windows do is seen when the folder is next read.
 *
 * @param onChange - called with the name of a file that may have changed; null when it is not known which.
 */
export function watchFolder(folder: string, onChange: (name: string | null) => void, log: HostLog): DisposableLike {
  try {
    mkdirSync(folder, { recursive: true });
    // It must not keep the process from ending.
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      onChange(name);
    });
    watcher.on('error', (error) => {
      log.warn(`${folder} is no longer watched: ${describeThrown(error)}`);
      watcher.close();
    });
    return {
      dispose: () => {
        watcher.close();
      },
    };
  } catch (thrown) {
    log.warn(`${folder} can't be watched: ${describeThrown(thrown)}`);
    return { dispose: () => undefined };
  }
}
