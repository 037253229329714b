import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import { MOST_COLUMNS } from '../../protocol/compare.ts';
import { isActive } from '../../protocol/isActive.ts';
import { checkQuestion } from '../questions/checkQuestion.ts';
import type { HostRun } from '../runs/hostRun.ts';
import type { RunSources } from '../runs/prepareRun.ts';
import type { RunController } from '../runs/runController.ts';
import type { RunRelations } from '../runs/runRelations.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { ComparisonColumn } from './comparison.ts';
import { armColumns, Comparison } from './comparison.ts';
import { columnDetail, columnTitle } from './describeColumn.ts';
import { ARM_TITLES, COMPARED_ARMS } from './prepareArm.ts';

export interface ComparerParts extends RunSources {
  readonly runs: RunController;
  readonly store: Pick<RunStore, 'read'>;
  readonly relations: RunRelations;
  /** Puts a comparison on a page. */
  readonly show: (comparison: Comparison) => void;
}

/** What a page keeps over a reload of the window; untrusted, as any saved state. */
const savedSchema = z.object({
  question: z.string(),
  columns: z
    .array(z.object({ arm: z.enum(['generator', 'mentor', 'pair']).nullable(), runId: z.string().nullable() }))
    .max(MOST_COLUMNS),
});

/** Makes comparisons: of the arms of a question, and of kept runs. */
export class Comparer {
  readonly #parts: ComparerParts;

  constructor(parts: ComparerParts) {
    this.#parts = parts;
  }

  /**
   * Runs a question by the generator alone, the mentor alone and the pair, side by side.
   *
   * @returns the comparison once it has ended, however it ended.
   * @throws MentorCollabError `bad-input` when the question can't be asked.
   */
  async compareArms(text: string): Promise<Comparison> {
    const question = checkQuestion(text, 'The question');
    const comparison = this.#create(question, armColumns(COMPARED_ARMS));
    this.#parts.show(comparison);
    await comparison.run();
    return comparison;
  }

  /**
   * Shows kept runs side by side; the first is what the others are measured against.
   *
   * @throws MentorCollabError `bad-input` unless there are two to four, all of them kept and none under way.
   */
  async compareRuns(runIds: readonly string[]): Promise<Comparison> {
    const distinct = [...new Set(runIds)];
    if (distinct.length < 2 || distinct.length > MOST_COLUMNS) {
      throw new MentorCollabError('bad-input', `Choose two to ${MOST_COLUMNS} different runs to compare.`);
    }
    const runs = await Promise.all(distinct.map((runId) => this.#read(runId)));
    const comparison = this.#create(
      runs[0]?.question ?? '',
      runs.map((run) => this.#column(run)),
    );
    this.#parts.show(comparison);
    return comparison;
  }

  /**
   * Shows a branch beside the run it leaves.
   *
   * @throws MentorCollabError `bad-input` when the run is no branch, or one of both is not kept.
   */
  async compareWithParent(runId: string): Promise<Comparison> {
    const { branch } = await this.#read(runId);
    if (branch) return this.compareRuns([branch.parentRunId, runId]);
    throw new MentorCollabError('bad-input', 'This run is no branch, so it has no parent to be compared with.');
  }

  /** A comparison as a page has left it: runs that are no longer kept are left out, arms can be run again. */
  async restore(saved: unknown): Promise<Comparison> {
    const parsed = savedSchema.safeParse(saved);
    if (!parsed.success) return this.#create('', []);
    const { question, columns } = parsed.data;
    const restored = await Promise.all(
      columns.map(async ({ arm, runId }): Promise<readonly ComparisonColumn[]> => {
        const run = runId === null ? null : await this.#parts.store.read(runId);
        if (arm) return [{ arm, run, title: ARM_TITLES[arm], detail: null }];
        return run ? [this.#column(run)] : [];
      }),
    );
    return this.#create(question, restored.flat());
  }

  #create(question: string, columns: readonly ComparisonColumn[]): Comparison {
    const { runs, readSetting, resolveModel, mayLoad } = this.#parts;
    return new Comparison({ runs, readSetting, resolveModel, mayLoad, question, columns });
  }

  #column(run: HostRun): ComparisonColumn {
    const title = columnTitle(run, this.#parts.relations.titleOf(run.runId));
    return { arm: null, run, title, detail: columnDetail(run) };
  }

  async #read(runId: string): Promise<HostRun> {
    const { runs, store } = this.#parts;
    const known = [runs.active, runs.current].find((run) => run?.runId === runId) ?? null;
    if (known && isActive(known.state)) {
      throw new MentorCollabError('bad-input', 'This run still goes on: stop it, or wait for its end, to compare it.');
    }
    const run = await store.read(runId);
    if (run) return run;
    throw new MentorCollabError('bad-input', 'A run to be compared is no longer kept: its trace file is gone.');
  }
}
