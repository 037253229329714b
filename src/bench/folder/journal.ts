import { z } from 'zod';
import type { ModelFacts } from '../report/reportDocument.ts';
import type { RunRecord } from '../run/runRecord.ts';
import { runRecordSchema } from '../run/runRecord.ts';
import { JournalFile, journalLine } from './journalFile.ts';

/** The models that runs were made with, as far as they have been seen. */
export interface SeenModels {
  readonly generator: ModelFacts | null;
  readonly mentor: ModelFacts | null;
  readonly verifier: ModelFacts | null;
}

/** Parses what is known of a model; null for nothing. */
export const modelFactsSchema = z
  .object({
    name: z.string(),
    sha256: z.string().nullable(),
    quantization: z.string().nullable(),
    server: z.string().nullable(),
  })
  .nullable();

const lineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('models-seen'),
    generator: modelFactsSchema,
    mentor: modelFactsSchema,
    verifier: modelFactsSchema,
  }),
  z.object({ type: z.literal('run-done'), ...runRecordSchema.shape }),
]);
type JournalLine = z.infer<typeof lineSchema>;

/** Of a line that is none. */
const NO_LINE = 'is no result of a bench. Take the line out, and go on by --resume: its run is made again.';

/** What is done of a bench, line by line. */
export class Journal {
  readonly #file: JournalFile;
  readonly #records: RunRecord[];
  #models: SeenModels;

  private constructor(file: JournalFile, records: RunRecord[], models: SeenModels) {
    this.#file = file;
    this.#records = records;
    this.#models = models;
  }

  /** @throws MentorCollabError `bad-input` for a whole line that is none of a journal. */
  static async open(path: string): Promise<Journal> {
    const records: RunRecord[] = [];
    let models: SeenModels = { generator: null, mentor: null, verifier: null };
    const file = await JournalFile.open(path, (written, place) => {
      const line = journalLine(lineSchema, written, place, NO_LINE);
      if (line.type === 'run-done') records.push(line);
      else models = line;
    });
    return new Journal(file, records, models);
  }

  /** All runs that are over, in the order in which they ended; of one that was run again both. */
  get records(): readonly RunRecord[] {
    return this.#records;
  }

  get models(): SeenModels {
    return this.#models;
  }

  /**
   * Adds a run; it is on the disk when this resolves.
   *
   * @throws MentorCollabError `bad-input` when the disk refuses, now or earlier; the run is not counted then.
   */
  async addRun(record: RunRecord): Promise<void> {
    await this.#write({ type: 'run-done', ...plain(record) });
    this.#records.push(record);
  }

  async setModels(models: SeenModels): Promise<void> {
    this.#models = models;
    await this.#write({ type: 'models-seen', ...models });
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #write(line: JournalLine): Promise<void> {
    return this.#file.add(line);
  }
}

function plain(record: RunRecord): Omit<Extract<JournalLine, { type: 'run-done' }>, 'type'> {
  return { ...record, decisions: record.decisions.map(([step, outcome, score]) => [step, outcome, score]) };
}
