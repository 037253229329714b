import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import type { RunEvent } from '../../core/runEvent.ts';
import type { FileLock } from '../../models/fileLock.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { traceLineSchema } from '../../protocol/trace.ts';
import { formatTraceLine } from '../../protocol/traceText.ts';
import { openHeldFolder, readPlanOf, refuseOther, writePlan } from '../folder/heldFolder.ts';
import { writeWhole } from '../folder/writeWhole.ts';
import type { TrainingIdentity } from './trainingIdentity.ts';
import { trainingDifferences, trainingIdentitySchema } from './trainingIdentity.ts';
import { TrainingJournal } from './trainingJournal.ts';

const TRAINING = { noun: 'training', inner: 'open' } as const;

/** What a collection keeps, and what it finds kept. */
export interface TrainingStore {
  readonly journal: TrainingJournal;
  /** Keeps the trace of a base run until all its branches are over. */
  writeBase(index: number, lines: readonly TraceLine[]): Promise<void>;
  /** The events of a base run that is kept. */
  readBase(index: number): Promise<readonly RunEvent[]>;
  /** Does nothing for one that is not kept. */
  removeBase(index: number): Promise<void>;
}

/**
 * The folder of a training: its plan, a journal with a line for each run that is over, and the traces of base runs whose
 * branches are not all over. It is held by one process at a time.
 */
export class TrainingFolder implements TrainingStore {
  readonly journal: TrainingJournal;
  readonly #path: string;
  readonly #lock: FileLock;

  private constructor(path: string, journal: TrainingJournal, lock: FileLock) {
    this.#path = path;
    this.journal = journal;
    this.#lock = lock;
  }

  /**
   * Opens the folder of a training, and makes it where it is not there. What is there of the same training is gone on with.
   *
   * @throws MentorCollabError `bad-input` when another training is there, another process is at it, or nothing can be written.
   */
  static async open(path: string, identity: TrainingIdentity): Promise<TrainingFolder> {
    return openHeldFolder(path, TRAINING, async (lock) => {
      await settlePlan(path, identity);
      return new TrainingFolder(path, await TrainingJournal.open(join(path, 'journal.jsonl')), lock);
    });
  }

  writeBase(index: number, lines: readonly TraceLine[]): Promise<void> {
    return writeWhole(this.#baseOf(index), lines.map(formatTraceLine).join(''));
  }

  async readBase(index: number): Promise<readonly RunEvent[]> {
    const path = this.#baseOf(index);
    try {
      const text = await readFile(path, 'utf8');
      const lines = text.split('\n').filter((line) => line !== '');
      return eventsOf(lines.map((line) => traceLineSchema.parse(JSON.parse(line))));
    } catch (cause) {
      throw new MentorCollabError(
        'bad-input',
        `${path} is missing or damaged, so that its question can't be gone on with. Begin the training anew in another folder.`,
        { cause },
      );
    }
  }

  removeBase(index: number): Promise<void> {
    return rm(this.#baseOf(index), { force: true });
  }

  async close(): Promise<void> {
    await this.journal.close();
    await this.#lock.release();
  }

  #baseOf(index: number): string {
    return join(this.#path, TRAINING.inner, `${String(index).padStart(5, '0')}.mctrace.jsonl`);
  }
}

async function settlePlan(path: string, identity: TrainingIdentity): Promise<void> {
  const before = await readPlanOf(path, TRAINING.noun, trainingIdentitySchema);
  if (before === null) await writePlan(path, identity);
  else refuseOther(path, TRAINING.noun, trainingDifferences(before, identity));
}
