import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import { FileLock } from '../../models/fileLock.ts';
import { isMissing } from '../../models/isMissing.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { formatTraceLine } from '../../protocol/traceText.ts';
import type { BenchJob } from '../run/benchJob.ts';
import type { BenchIdentity } from './benchIdentity.ts';
import { benchIdentitySchema, identityDifferences } from './benchIdentity.ts';
import { Journal } from './journal.ts';

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

  /**
   * Keeps a run's trace, whole or not at all.
   *
   * @returns its place, relative to the folder.
   */
  async writeTrace(job: BenchJob, lines: readonly TraceLine[]): Promise<string> {
    const folder = `runs/${fileName(job.arm.name)}`;
    const { index, id } = job.item;
    const place = `${folder}/${String(index).padStart(5, '0')}-${fileName(id.slice(0, 60))}-seed${job.seed}.mctrace.jsonl`;
    await mkdir(join(this.path, folder), { recursive: true });
    await this.write(place, lines.map(formatTraceLine).join(''));
    return place;
  }

  /** Writes a file, whole or not at all; replaces one of that name. */
  async write(place: string, text: string): Promise<void> {
    const target = join(this.path, ...place.split('/'));
    try {
      await writeFile(`${target}.part`, text);
      await rename(`${target}.part`, target);
    } catch (thrown) {
      throw unwritable(target, thrown);
    }
  }

  async close(): Promise<void> {
    await this.journal.close();
    await this.#lock.release();
  }
}

async function settlePlan(path: string, identity: BenchIdentity, resumes: boolean): Promise<void> {
  const before = await readPlan(join(path, PLAN));
  if (before === null) {
    await writeFile(join(path, `${PLAN}.part`), `${JSON.stringify(identity, null, 2)}\n`);
    await rename(join(path, `${PLAN}.part`), join(path, PLAN));
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

async function readPlan(path: string): Promise<BenchIdentity | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
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

/** A name for a file that every system takes. */
function fileName(name: string): string {
  return encodeURIComponent(name).replace(/[*']/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function unwritable(path: string, thrown: unknown): MentorCollabError {
  return new MentorCollabError('bad-input', `${path} can't be written: ${asMentorCollabError(thrown).message}`, {
    cause: thrown,
  });
}
