import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import { FileLock } from '../../models/fileLock.ts';
import { readIfThere } from '../../models/readIfThere.ts';
import { exportHtml } from '../../export/exportHtml.ts';
import { recordOfLines } from '../../export/runRecord.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { formatTraceLine } from '../../protocol/traceText.ts';
import type { RunPlaces } from '../run/bench.ts';
import type { BenchJob } from '../run/benchJob.ts';
import type { BenchIdentity } from './benchIdentity.ts';
import { benchIdentitySchema, identityDifferences } from './benchIdentity.ts';
import { fileName } from './fileName.ts';
import { Journal } from './journal.ts';
import { unwritable, writeWhole } from './writeWhole.ts';

const PLAN = 'plan.json';
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
    let lock: FileLock;
    try {
      await mkdir(join(path, 'runs'), { recursive: true });
      lock = await FileLock.take(join(path, 'bench.lock'), `A bench is under way in ${path} already`);
    } catch (thrown) {
      if (thrown instanceof MentorCollabError) throw thrown;
      throw unwritable(path, thrown);
    }
    try {
      await settlePlan(path, identity, resumes);
      return new BenchFolder(path, await Journal.open(join(path, JOURNAL)), lock);
    } catch (thrown) {
      await lock.release();
      throw thrown instanceof MentorCollabError ? thrown : unwritable(path, thrown);
    }
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
    await writeWhole(join(path, PLAN), `${JSON.stringify(identity, null, 2)}\n`);
    return;
  }
  if (!resumes) {
    throw new MentorCollabError(
      'bad-input',
      `There is a bench in ${path} already. Go on with it by --resume, or give another folder.`,
    );
  }
  const differences = identityDifferences(before, identity);
  if (differences.length === 0) return;
  throw new MentorCollabError(
    'bad-input',
    `The bench in ${path} is another one; what differs: ${differences.join(', ')}. Go on with it by the options that it was begun with, or give another folder.`,
  );
}

/**
 * The plan of the bench in a folder; null where there is none.
 *
 * @throws MentorCollabError `bad-input` for a file that is none.
 */
export async function readPlan(folder: string): Promise<BenchIdentity | null> {
  const path = join(folder, PLAN);
  const text = await readIfThere(path);
  if (text === null) return null;
  try {
    return benchIdentitySchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new MentorCollabError(
      'bad-input',
      `${path} is no plan of a bench that this version can go on with. Give another folder.`,
      { cause },
    );
  }
}
