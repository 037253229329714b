import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import type { FileLock } from '../../models/fileLock.ts';
import { exportHtml } from '../../export/exportHtml.ts';
import { recordOfLines } from '../../export/runRecord.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { formatTraceLine } from '../../protocol/traceText.ts';
import type { RunPlaces } from '../run/bench.ts';
import type { BenchJob } from '../run/benchJob.ts';
import type { BenchIdentity } from './benchIdentity.ts';
import { benchIdentitySchema, identityDifferences } from './benchIdentity.ts';
import { fileName } from './fileName.ts';
import { openHeldFolder, readPlanOf, refuseOther, writePlan } from './heldFolder.ts';
import { Journal } from './journal.ts';
import { writeWhole } from './writeWhole.ts';

const BENCH = { noun: 'bench', inner: 'runs' } as const;
const JOURNAL = 'results.jsonl';

/**
 * The folder of a bench: its plan, a journal with a line for each run that is over, their traces, and reports. It is held by
 * one process at a time.
 */
export class BenchFolder {
  readonly path: string;
  readonly journal: Journal;
  readonly #lock: FileLock;

  private constructor(path: string, journal: Journal, lock: FileLock) {
    this.path = path;
    this.journal = journal;
    this.#lock = lock;
  }

  /**
   * Opens a folder for a bench, and makes it where it is not there.
   *
   * @param resumes - whether a bench that is there already is gone on with.
   * @throws MentorCollabError `bad-input` when another bench is there, another process is at it, or nothing can be written.
   */
  static async open(path: string, identity: BenchIdentity, resumes: boolean): Promise<BenchFolder> {
    return openHeldFolder(path, BENCH, async (lock) => {
      await settlePlan(path, identity, resumes);
      return new BenchFolder(path, await Journal.open(join(path, JOURNAL)), lock);
    });
  }

  /** Keeps a run as its trace and as a page for a browser, each whole or not at all. */
  async writeRun({ arm, item, seed }: BenchJob, lines: readonly TraceLine[]): Promise<RunPlaces> {
    const folder = `runs/${fileName(arm.name)}`;
    const name = `${String(item.index).padStart(5, '0')}-${fileName(item.id)}-seed${seed}`;
    const [trace, page] = [`${folder}/${name}.mctrace.jsonl`, `${folder}/${name}.html`];
    await mkdir(join(this.path, folder), { recursive: true });
    await this.write(trace, lines.map(formatTraceLine).join(''));
    const record = recordOfLines(lines, null);
    if (!record) return { trace, page: null };
    await this.write(page, exportHtml(record));
    return { trace, page };
  }

  /** Writes a file, whole or not at all; replaces one of that name. */
  write(place: string, text: string): Promise<void> {
    return writeWhole(join(this.path, ...place.split('/')), text);
  }

  async close(): Promise<void> {
    await this.journal.close();
    await this.#lock.release();
  }
}

async function settlePlan(path: string, identity: BenchIdentity, resumes: boolean): Promise<void> {
  const before = await readPlan(path);
  if (before === null) {
    await writePlan(path, identity);
    return;
  }
  if (!resumes) {
    throw new MentorCollabError(
      'bad-input',
      `There is a bench in ${path} already. Go on with it by --resume, or give another folder.`,
    );
  }
  refuseOther(path, BENCH.noun, identityDifferences(before, identity));
}

/**
 * The plan of the bench in a folder; null where there is none.
 *
 * @throws MentorCollabError `bad-input` for a file that is none.
 */
export function readPlan(folder: string): Promise<BenchIdentity | null> {
  return readPlanOf(folder, BENCH.noun, benchIdentitySchema);
}
