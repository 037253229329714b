import { z } from 'zod';
import type { DecisionEvidence } from '../../core/verification/decisionEvidence.ts';
import type { Author } from '../../core/verification/verdict.ts';
import type { SeenModels } from '../folder/journal.ts';
import { modelFactsSchema } from '../folder/journal.ts';
import { JournalFile, journalLine } from '../folder/journalFile.ts';
import { hiddenText, readHidden } from './hiddenText.ts';

/** A question whose base run is over. */
export interface BegunQuestion {
  /** Id of the item. */
  readonly item: string;
  /** Whether the base run answered right. */
  readonly isCorrect: boolean;
  /** Divergences of the base run. */
  readonly divergences: number;
  /** Those whose branches are run. */
  readonly chosen: readonly DecisionEvidence[];
}

/** One of the two branches of a divergence. */
export interface BranchPlace {
  readonly item: string;
  /** From 0. */
  readonly step: number;
  /** Whose patch it takes. */
  readonly by: Author;
}

/** A branch that is over. */
export interface DoneBranch extends BranchPlace {
  readonly isCorrect: boolean;
}

const count = z.int().nonnegative();
const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('models-seen'), generator: modelFactsSchema, mentor: modelFactsSchema }),
  z.object({
    type: z.literal('question-begun'),
    item: z.string(),
    isCorrect: z.boolean(),
    divergences: count,
    /** Hidden states as base64 of 32-bit floats. */
    chosen: z.array(z.object({ step: count, hidden: z.base64(), features: z.record(z.string(), z.number()) })),
  }),
  z.object({
    type: z.literal('branch-done'),
    item: z.string(),
    step: count,
    by: z.enum(['generator', 'mentor']),
    isCorrect: z.boolean(),
  }),
]);
type JournalLine = z.infer<typeof lineSchema>;

/** Of a line that is none. */
const NO_LINE = "is no line of a verifier's training. Take the line out, and go on: what it told is run again.";

/** What is done of a training, line by line. */
export class TrainingJournal {
  readonly #file: JournalFile;
  readonly #questions: Map<string, BegunQuestion>;
  readonly #branches: Map<string, DoneBranch>;
  #models: SeenModels;

  private constructor(file: JournalFile, found: Found) {
    this.#file = file;
    this.#questions = found.questions;
    this.#branches = found.branches;
    this.#models = found.models;
  }

  /** @throws MentorCollabError `bad-input` for a whole line that is none of a journal. */
  static async open(path: string): Promise<TrainingJournal> {
    const found: Found = { questions: new Map(), branches: new Map(), models: NO_MODELS };
    const file = await JournalFile.open(path, (written, place) => {
      take(journalLine(lineSchema, written, place, NO_LINE), found);
    });
    return new TrainingJournal(file, found);
  }

  get models(): SeenModels {
    return this.#models;
  }

  /** Questions whose base run is over, in the order in which they were. */
  get questions(): readonly BegunQuestion[] {
    return [...this.#questions.values()];
  }

  /** Null where the base run is not over. */
  questionOf(item: string): BegunQuestion | null {
    return this.#questions.get(item) ?? null;
  }

  /** Null where the branch is not over. */
  branchOf(place: BranchPlace): DoneBranch | null {
    return this.#branches.get(branchKey(place)) ?? null;
  }

  /** Adds a question; it is on the disk when this resolves. @throws MentorCollabError `bad-input` when the disk refuses. */
  async addQuestion(question: BegunQuestion): Promise<void> {
    const chosen = question.chosen.map((one) => ({
      ...one,
      features: { ...one.features },
      hidden: hiddenText(one.hidden),
    }));
    await this.#write({ type: 'question-begun', ...question, chosen });
    this.#questions.set(question.item, question);
  }

  /** Adds a branch, told as for a question. */
  async addBranch(branch: DoneBranch): Promise<void> {
    await this.#write({ type: 'branch-done', ...branch });
    this.#branches.set(branchKey(branch), branch);
  }

  async setModels(models: SeenModels): Promise<void> {
    this.#models = models;
    await this.#write({ type: 'models-seen', generator: models.generator, mentor: models.mentor });
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #write(line: JournalLine): Promise<void> {
    return this.#file.add(line);
  }
}

/** What a journal tells. */
interface Found {
  readonly questions: Map<string, BegunQuestion>;
  readonly branches: Map<string, DoneBranch>;
  models: SeenModels;
}

const NO_MODELS: SeenModels = { generator: null, mentor: null, verifier: null };

function take(line: JournalLine, found: Found): void {
  switch (line.type) {
    case 'models-seen':
      found.models = { ...NO_MODELS, generator: line.generator, mentor: line.mentor };
      return;
    case 'question-begun': {
      const { item, isCorrect, divergences } = line;
      const chosen = line.chosen.map((one) => ({ ...one, hidden: readHidden(one.hidden) }));
      found.questions.set(item, { item, isCorrect, divergences, chosen });
      return;
    }
    case 'branch-done': {
      const { item, step, by, isCorrect } = line;
      found.branches.set(branchKey(line), { item, step, by, isCorrect });
      return;
    }
  }
}

function branchKey({ item, step, by }: BranchPlace): string {
  return JSON.stringify([item, step, by]);
}
