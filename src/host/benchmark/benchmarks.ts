import type { BenchReport } from '../../bench/report/reportDocument.ts';
import { BenchProgress } from '../../bench/run/benchProgress.ts';
import { MentorCollabError } from '../../core/errors.ts';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import { describeThrown } from '../describeThrown.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { BenchmarkChoice } from './benchmarkChoice.ts';
import type { BenchmarkFacts, BenchmarkSummary } from './benchmarkSummary.ts';
import type { KeptBenchmarks } from './keptBenchmarks.ts';
import type * as planner from './planBenchmark.ts';
import type { BenchmarkSources, PlannedBenchmark } from './planBenchmark.ts';
import { ReportTimer } from './reportTimer.ts';
import type { FirstUsers } from './solveGivingWay.ts';
import { solveGivingWay } from './solveGivingWay.ts';

export interface BenchmarksOptions extends BenchmarkSources {
  /** Loads what plans and runs a benchmark, which is much, and of no use before. */
  readonly loadPlanner: () => Promise<typeof planner>;
  readonly kept: KeptBenchmarks;
  readonly engine: Pick<ReasoningEngine, 'solve'>;
  /** Questions and what else is run aside; they go first. */
  readonly runs: FirstUsers;
  readonly log: HostLog;
  /** Clock in epoch milliseconds. */
  readonly now: () => number;
}

/** What is told of a benchmark under way. */
export interface BenchmarkListener {
  /** It has a name and begins. */
  onStart(name: string): void;
  onProgress(progress: BenchProgress): void;
  /** Something the user should know, as a sentence; each once. */
  onRemark(remark: string): void;
}

/** How a benchmark has ended, for now. */
export interface BenchmarkEnd {
  readonly name: string;
  readonly phase: 'done' | 'stopped' | 'failed';
  /** What has broken it off; null unless `phase` is `failed`. */
  readonly error: MentorCollabError | null;
  readonly report: BenchReport;
}

/** The benchmark under way. */
interface Active {
  /** Null until it has a folder. */
  name: string | null;
  readonly abort: AbortController;
  /** Resolves when everything is on the disk; never rejects. */
  ended: Promise<unknown>;
}

/** Runs benchmarks, one at a time, behind everything else that uses the engine; what is run is kept at once. */
export class Benchmarks extends Disposable {
  readonly kept: KeptBenchmarks;
  readonly #options: BenchmarksOptions;
  readonly #updated = this.register(new Emitter<void>());
  readonly #reported = this.register(new Emitter<string>());
  readonly #deleted = this.register(new Emitter<string>());
  readonly #watched = new Set<() => string | null>();
  #active: Active | null = null;

  /** Tells that a benchmark has begun or ended. */
  readonly onDidUpdate = this.#updated.event;
  /** Tells the name of a benchmark whose report was written anew. */
  readonly onDidReport = this.#reported.event;
  /** Tells the name of a benchmark that was deleted. */
  readonly onDidDelete = this.#deleted.event;

  constructor(options: BenchmarksOptions) {
    super();
    this.#options = options;
    this.kept = options.kept;
    this.register({ dispose: () => this.#active?.abort.abort() });
  }

  /** Whether one is under way. */
  get isBusy(): boolean {
    return this.#active !== null;
  }

  /** The benchmark under way; null without one. */
  get activeName(): string | null {
    return this.#active?.name ?? null;
  }

  /** All kept benchmarks, newest first. */
  list(): Promise<readonly BenchmarkSummary[]> {
    return this.kept.list((name) => name === this.activeName);
  }

  /** One kept benchmark; throws a MentorCollabError `bad-input` when it is not kept any more. */
  find(name: string): Promise<BenchmarkSummary> {
    return this.kept.find(name, name === this.activeName);
  }

  /** Somebody may look at a report: the one that this names, or none. Ends when the result is disposed. */
  watch(shown: () => string | null): { dispose(): void } {
    this.#watched.add(shown);
    return {
      dispose: () => {
        this.#watched.delete(shown);
      },
    };
  }

  /**
   * Runs a new benchmark; resolves once it has ended, however it did.
   *
   * @throws MentorCollabError when it can't begin: `bad-input` for data, settings, or while another is under way; as a
   * question fails for models.
   */
  start(choice: BenchmarkChoice, listener: BenchmarkListener): Promise<BenchmarkEnd> {
    return this.#alone(async (active) => {
      const planned = await this.#plan(choice);
      const { runs, generatorName, mentorName } = planned;
      const startedMs = this.#options.now();
      const facts: BenchmarkFacts = {
        format: 'mentorcollab-benchmark',
        version: '1.0',
        ...{ choice, startedMs, runs, generatorName, mentorName },
      };
      return this.#run(active, { name: await this.kept.create(facts), planned, listener });
    });
  }

  /**
   * Goes on with a benchmark: what is done is not done again. Resolves as {@link start} does.
   *
   * @throws MentorCollabError as {@link start} does, and `bad-input` when models, settings or data are others by now.
   */
  goOn(name: string, listener: BenchmarkListener): Promise<BenchmarkEnd> {
    return this.#alone((active) => this.#goOn(active, name, listener));
  }

  /** Writes a report anew that lacks runs, as a crash leaves it. What keeps it from that is logged: the old one stays. */
  async renewReport(name: string): Promise<void> {
    const { done, isElsewhere } = await this.find(name);
    if (this.#active || isElsewhere) return;
    try {
      const report = await this.kept.readReport(name);
      if (report && countReported(report) >= done) return;
      await this.#alone((active) => {
        // Nothing is run then, but everything reported.
        active.abort.abort();
        return this.#goOn(active, name, SILENT);
      });
    } catch (thrown) {
      this.#options.log.warn(`The report of ${name} could not be written anew: ${describeThrown(thrown)}`);
    }
  }

  /** Stops the benchmark under way; what is done stays. Does nothing when it is another, or none. */
  stop(name: string): void {
    if (this.#active?.name === name) this.#active.abort.abort();
  }

  /**
   * Deletes a benchmark with its traces and reports.
   *
   * @throws MentorCollabError `bad-input` while it is under way.
   */
  async delete(name: string): Promise<void> {
    const { isElsewhere } = await this.find(name);
    if (isElsewhere || name === this.activeName) {
      const where = isElsewhere ? ' in another window' : '';
      throw new MentorCollabError('bad-input', `This benchmark is under way${where}. Cancel it first.`);
    }
    await this.kept.delete(name);
    this.#deleted.fire(name);
  }

  /** The window is going away: ends what is under way, with everything on the disk. */
  async shutDown(): Promise<void> {
    this.#active?.abort.abort();
    await this.#active?.ended;
  }

  async #goOn(active: Active, name: string, listener: BenchmarkListener): Promise<BenchmarkEnd> {
    const { choice, path } = await this.find(name);
    const planned = await this.#plan(choice);
    const { checkSamePlan } = await this.#options.loadPlanner();
    await checkSamePlan(planned.plan, path);
    return this.#run(active, { name, planned, listener });
  }

  async #plan(choice: BenchmarkChoice): Promise<PlannedBenchmark> {
    const { planBenchmark, readItems } = await this.#options.loadPlanner();
    return planBenchmark(choice, await readItems(choice.data, this.#options), this.#options);
  }

  async #alone(run: (active: Active) => Promise<BenchmarkEnd>): Promise<BenchmarkEnd> {
    if (this.#active) throw underWay();
    const active: Active = { name: null, abort: new AbortController(), ended: Promise.resolve() };
    this.#active = active;
    try {
      const running = run(active);
      active.ended = running.catch(() => undefined);
      return await running;
    } finally {
      this.#active = null;
      this.#updated.fire();
    }
  }

  async #run(
    active: Active,
    { name, planned, listener }: { name: string; planned: PlannedBenchmark; listener: BenchmarkListener },
  ): Promise<BenchmarkEnd> {
    const { log, now, engine, runs } = this.#options;
    const { signal } = active.abort;
    active.name = name;
    this.#updated.fire();
    log.info(`Benchmark ${name}: ${planned.runs} runs of ${planned.plan.data}, in ${this.kept.pathOf(name)}`);
    listener.onStart(name);
    const remark = onceEach((words) => {
      listener.onRemark(words);
    });
    if (planned.remark !== null) remark(planned.remark);
    const progress = new BenchProgress(planned.runs, now);
    const timer = new ReportTimer(now, () => this.#isWatched(name));
    let isBegun = false;
    const { report, error } = await planned.run({
      folder: this.kept.pathOf(name),
      resumes: true,
      workers: [solveGivingWay(engine, runs)],
      listener: {
        onRun: (record) => {
          progress.add(record);
          if (isBegun) listener.onProgress(progress);
        },
        onBegin: () => {
          isBegun = true;
          progress.begin();
          listener.onProgress(progress);
        },
        onProgress: (told) => {
          if (told.type === 'remark-made') remark(told.remark);
        },
      },
      isReportDue: () => timer.isDue(),
      onReport: () => {
        timer.noteWritten();
        this.#reported.fire(name);
      },
      signal,
    });
    if (error) log.error(`Benchmark ${name}: ${describeThrown(error)}`);
    const phase = error ? 'failed' : report.missing > 0 ? 'stopped' : 'done';
    log.info(`Benchmark ${name}: ${phase}, ${report.missing} runs are missing`);
    return { name, phase, error, report };
  }

  #isWatched(name: string): boolean {
    return [...this.#watched].some((shown) => shown() === name);
  }
}

const SILENT: BenchmarkListener = {
  onStart: () => undefined,
  onProgress: () => undefined,
  onRemark: () => undefined,
};

/** The error for a second benchmark beside one. */
export function underWay(): MentorCollabError {
  return new MentorCollabError(
    'bad-input',
    'A benchmark is under way in this window. Wait for its end, or cancel it first.',
  );
}

function countReported({ items }: BenchReport): number {
  return items.reduce((sum, { runs }) => sum + runs.length, 0);
}

function onceEach(tell: (words: string) => void): (words: string) => void {
  const told = new Set<string>();
  return (words) => {
    if (told.has(words)) return;
    told.add(words);
    tell(words);
  };
}
