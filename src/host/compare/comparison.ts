import { asMentorCollabError } from '../../core/errors.ts';
import { sameAnswer } from '../../core/answer/sameAnswer.ts';
import type { ComparedArm, ComparedRun, ComparisonContent, ComparisonProgress } from '../../protocol/compare.ts';
import { isActive } from '../../protocol/isActive.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { HostRun } from '../runs/hostRun.ts';
import type { PreparedRun, RunSources } from '../runs/prepareRun.ts';
import type { RunController } from '../runs/runController.ts';
import { settingsOfNow } from '../runs/settingsOfNow.ts';
import { isRunOf } from './isRunOf.ts';
import { ARM_TITLES, prepareArm } from './prepareArm.ts';

/** A column as a comparison begins with it. */
export interface ComparisonColumn {
  /** Null for a kept run. */
  readonly arm: ComparedArm | null;
  /** Null for an arm that is still to be run. */
  readonly run: HostRun | null;
  readonly title: string;
  readonly detail: string | null;
}

export interface ComparisonOptions extends RunSources {
  readonly runs: Pick<RunController, 'runAside' | 'current'>;
  readonly question: string;
  readonly columns: readonly ComparisonColumn[];
}

const STOPPED_BY_USER = 'Cancelled. What has run so far stays here and among the runs.';
const STOPPED_OTHERWISE =
  'Stopped, since something else was asked or the run was stopped. What has run so far stays here and among the runs.';
const INCOMPLETE = 'Not all of it has run to its end.';

/** Columns for the arms of a question, none of them run yet. */
export function armColumns(arms: readonly ComparedArm[]): ComparisonColumn[] {
  return arms.map((arm) => ({ arm, run: null, title: ARM_TITLES[arm], detail: null }));
}

/** Runs side by side: those that are there, and arms that are run one after the other. */
export class Comparison extends Disposable {
  readonly question: string;
  readonly #options: ComparisonOptions;
  readonly #changed = this.register(new Emitter<void>());
  #columns: readonly ComparisonColumn[];
  #progress: ComparisonProgress;
  #abort: AbortController | null = null;

  /** Tells that a column or the progress has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(options: ComparisonOptions) {
    super();
    this.#options = options;
    this.question = options.question;
    this.#columns = options.columns;
    this.#progress = this.#rest(null);
    this.register({ dispose: () => this.#abort?.abort() });
  }

  /** The comparison as it is; lines of a run that goes on are its own array and grow with it. */
  get content(): ComparisonContent {
    const groups = answerGroups(this.#columns);
    return {
      progress: this.#progress,
      columns: this.#columns.map((column, i) => this.#compared(column, groups[i] ?? null)),
    };
  }

  /** The runs of the columns, in order; null for one that has none yet. */
  get runs(): readonly (HostRun | null)[] {
    return this.#columns.map(({ run }) => run);
  }

  /**
   * Runs every arm that has no run to its end with the settings of this moment, one after the other. The run on show is
   * taken where it is that arm's. Ends early when it is cancelled, or when something else is asked meanwhile.
   */
  async run(): Promise<void> {
    if (this.#abort) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#proceed({ phase: 'running', message: null, canResume: false });
    const sources = settingsOfNow(this.#options);
    let message: string | null = null;
    for (const [index, { arm }] of this.#columns.entries()) {
      if (arm === null) continue;
      const isOver = await this.#runArm(index, { arm, sources, signal: abort.signal });
      if (isOver) continue;
      message = abort.signal.aborted ? STOPPED_BY_USER : STOPPED_OTHERWISE;
      break;
    }
    this.#abort = null;
    this.#proceed(this.#rest(message));
  }

  /** Stops what is under way; what has been written stays. */
  cancel(): void {
    if (!this.#abort || this.#abort.signal.aborted) return;
    this.#proceed({ ...this.#progress, phase: 'stopping' });
    this.#abort.abort();
  }

  /** False when the run was stopped, so that the comparison is over for now. */
  async #runArm(
    index: number,
    { arm, sources, signal }: { arm: ComparedArm; sources: RunSources; signal: AbortSignal },
  ): Promise<boolean> {
    const prepare = (runId: string): PreparedRun => prepareArm(runId, arm, this.question, sources);
    const kept = this.#keptRun(index, prepare('not-run'));
    if (kept) {
      this.#setRun(index, kept);
      return true;
    }
    try {
      const run = await this.#options.runs.runAside(prepare, signal, (update) => {
        this.#setRun(index, update);
      });
      this.#setRun(index, run);
      return run.state.phase !== 'stopped';
    } catch (thrown) {
      if (asMentorCollabError(thrown).code === 'cancelled') return false;
      throw thrown;
    }
  }

  /** A run that already is the arm's: the column's own, or the one on show. */
  #keptRun(index: number, prepared: PreparedRun): HostRun | null {
    if ('error' in prepared) return null;
    const candidates = [this.#columns[index]?.run ?? null, this.#options.runs.current];
    return candidates.find((run) => run !== null && isRunOf(run, prepared.request)) ?? null;
  }

  #setRun(index: number, run: HostRun): void {
    this.#columns = this.#columns.map((column, i) => (i === index ? { ...column, run } : column));
    this.#changed.fire();
  }

  #proceed(progress: ComparisonProgress): void {
    this.#progress = progress;
    this.#changed.fire();
  }

  /** The progress while nothing is under way. */
  #rest(message: string | null): ComparisonProgress {
    const canResume = this.#columns.some(({ arm, run }) => arm !== null && run?.state.phase !== 'done');
    if (!canResume) return { phase: 'done', message: null, canResume };
    return { phase: 'stopped', message: message ?? INCOMPLETE, canResume };
  }

  #compared({ arm, run, title, detail }: ComparisonColumn, answerGroup: number | null): ComparedRun {
    const facts = run ?? this.#factsToCome(arm);
    return {
      columnId: arm ?? run?.runId ?? title,
      ...{ arm, title, detail, answerGroup },
      question: run?.question ?? this.question,
      runId: run?.runId ?? null,
      generatorName: facts.generatorName,
      mentorName: facts.mentorName,
      preset: facts.preset,
      state: run?.state ?? null,
      isBranch: (run?.branch ?? null) !== null,
      remark: run?.notice?.message ?? null,
      lines: run?.lines ?? [],
    };
  }

  #factsToCome(arm: ComparedArm | null): Pick<HostRun, 'generatorName' | 'mentorName' | 'preset'> {
    return prepareArm('not-run', arm ?? 'pair', this.question, this.#options).facts;
  }
}

/** For each column the first one with the same answer; null while its run goes on, and without an answer. */
function answerGroups(columns: readonly ComparisonColumn[]): (number | null)[] {
  const answers = columns.map(({ run }) => {
    const last = run && !isActive(run.state) ? run.lines.at(-1) : null;
    return last?.type === 'run-ended' ? last.answer : null;
  });
  return answers.map((answer) =>
    answer === null ? null : answers.findIndex((other) => other !== null && sameAnswer(other, answer)),
  );
}
