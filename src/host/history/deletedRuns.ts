import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../isMissing.ts';
import { runIdOfFile, traceFileName } from '../runs/traceFileName.ts';

/** How long deleted runs can be brought back, in milliseconds: a day. */
export const KEPT_DELETED_MS = 24 * 60 * 60_000;

export interface DeletedRunsOptions {
  /** Absolute path of the folder of traces. */
  readonly runsFolder: string;
  /** Absolute path of a folder for deleted ones, on the same disk. */
  readonly folder: string;
  /** Clock in epoch milliseconds. */
  readonly now: () => number;
}

/** Traces moved aside: what was deleted at once is a folder, named by its time, and comes back at once. */
export class DeletedRuns {
  readonly #options: DeletedRunsOptions;

  constructor(options: DeletedRunsOptions) {
    this.#options = options;
  }

  /** Whether there is anything to bring back. */
  async hasAny(): Promise<boolean> {
    return (await this.#batches()).length > 0;
  }

  /**
   * Moves runs aside; those that are gone already are passed over.
   *
   * @returns a name for what was deleted at once.
   * @throws the first failure, once all others have been moved.
   */
  async add(runIds: readonly string[]): Promise<string> {
    const { runsFolder, folder, now } = this.#options;
    const name = `${String(now()).padStart(15, '0')}-${randomBytes(4).toString('hex')}`;
    await mkdir(join(folder, name), { recursive: true });
    await moveAll(runIds, runsFolder, join(folder, name));
    return name;
  }

  /**
   * Brings back what was deleted at once. A run that is kept again by now stays as it is.
   *
   * @param deletion - its name; null for what was deleted last.
   * @returns the runs that are back; none when there was nothing.
   */
  async restore(deletion: string | null): Promise<readonly string[]> {
    const { runsFolder, folder } = this.#options;
    const name = (await this.#batches()).findLast((each) => deletion === null || each === deletion);
    if (name === undefined) return [];
    const batch = join(folder, name);
    const runIds = await runsIn(batch);
    await mkdir(runsFolder, { recursive: true });
    const isKept = await Promise.all(runIds.map((runId) => exists(join(runsFolder, traceFileName(runId)))));
    const gone = runIds.filter((_, index) => isKept[index] === false);
    await moveAll(gone, batch, runsFolder);
    await rm(batch, { recursive: true, force: true });
    return gone;
  }

  /**
   * Deletes for good what was deleted more than {@link KEPT_DELETED_MS} ago.
   *
   * @returns the runs that are gone.
   */
  async purge(): Promise<readonly string[]> {
    const { folder, now } = this.#options;
    const purged: string[] = [];
    for (const batch of await this.#batches()) {
      if (Number.parseInt(batch, 10) > now() - KEPT_DELETED_MS) continue;
      purged.push(...(await runsIn(join(folder, batch))));
      await rm(join(folder, batch), { recursive: true, force: true });
    }
    return purged;
  }

  /** Oldest first. */
  async #batches(): Promise<readonly string[]> {
    return (await namesIn(this.#options.folder)).filter((name) => /^\d{15}-[0-9a-f]{8}$/.test(name)).sort();
  }
}

async function moveAll(runIds: readonly string[], from: string, to: string): Promise<void> {
  const moves = await Promise.allSettled(
    runIds.map((runId) => rename(join(from, traceFileName(runId)), join(to, traceFileName(runId)))),
  );
  for (const move of moves) if (move.status === 'rejected' && !isMissing(move.reason)) throw move.reason;
}

async function runsIn(folder: string): Promise<readonly string[]> {
  return (await namesIn(folder)).map(runIdOfFile).filter((runId) => runId !== null);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw thrown;
  }
}
