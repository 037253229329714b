import type { AbortNotifier } from '../core/languageModel.ts';
import type { MentorCollabError } from '../core/errors.ts';
import { asMentorCollabError } from '../core/errors.ts';
import type { ModelSource } from '../core/modelSource.ts';
import { describeSource } from '../core/modelSource.ts';
import type { EngineOptions, SolveProgress } from '../protocol/engine.ts';
import type { AnswerMode } from './answers/judgement.ts';
import type { Arm } from './arms/arm.ts';
import type { BenchItem } from './data/benchItem.ts';
import type { BenchIdentity } from './folder/benchIdentity.ts';
import { armIdentities, itemsHash } from './folder/benchIdentity.ts';
import { BenchFolder } from './folder/benchFolder.ts';
import { FolderStore, MemoryStore } from './folder/stores.ts';
import type { PromptOptions } from './prompt/promptText.ts';
import { promptText } from './prompt/promptText.ts';
import { buildReport } from './report/buildReport.ts';
import type { BenchReport, ModelFacts } from './report/reportDocument.ts';
import { writeReports } from './report/writeReports.ts';
import type { BenchListener, BenchStore } from './run/bench.ts';
import { runBench } from './run/bench.ts';
import type { BenchJob } from './run/benchJob.ts';
import { benchJobs } from './run/benchJob.ts';
import type { Solve } from './run/runJob.ts';

/** The models of a bench. */
export interface PairSources {
  readonly generator: ModelSource;
  readonly mentor: ModelSource;
  /** Null where the generator verifies. */
  readonly verifier: ModelSource | null;
}

/** A bench of one pair of models: what is asked, of whom, in which ways. */
export interface PairBenchPlan extends PairSources {
  /** What the data is called. */
  readonly data: string;
  readonly items: readonly BenchItem[];
  /** Domains whose answers stood in the models' training. */
  readonly recallDomains: readonly string[];
  readonly arms: readonly Arm[];
  /** At least one. */
  readonly seeds: readonly number[];
  readonly prompt: PromptOptions;
  readonly answers: AnswerMode;
  readonly engine: EngineOptions;
  readonly isRaw: boolean;
  /** Version of this program, for the report. */
  readonly version: string;
}

/** Where and how a bench is run. */
export interface PairBenchRun {
  /** Keeps plan, results, traces and reports; null for a bench that is only reported. */
  readonly folder: string | null;
  /** Whether a bench that is in the folder is gone on with. */
  readonly resumes: boolean;
  /** What runs, one job at a time each. */
  readonly workers: readonly Solve[];
  readonly listener: BenchListener & { readonly onProgress: (progress: SolveProgress) => void };
  /**
   * Whether the reports are to be written now, asked before the first run and after each; default: at the end alone. Work
   * waits until they are.
   */
  readonly isReportDue?: () => boolean;
  /** Told that the reports have been written. */
  readonly onReport?: (report: BenchReport) => void;
  readonly signal: AbortNotifier;
}

/** How a bench has ended. */
export interface PairBenchOutcome {
  readonly report: BenchReport;
  /** What has broken it off; null when it is whole, or was cancelled. */
  readonly error: MentorCollabError | null;
}

/** All runs that a plan asks for. */
export function jobsOf({ arms, items, seeds }: PairBenchPlan): readonly BenchJob[] {
  return benchJobs(arms, items, seeds);
}

/**
 * Runs a bench, or what is left of one, and reports what is known then, whatever has ended it.
 *
 * @throws MentorCollabError when its folder can't be used; nothing has been run then.
 */
export async function runPairBench(plan: PairBenchPlan, run: PairBenchRun): Promise<PairBenchOutcome> {
  if (run.folder === null) {
    const store = new MemoryStore();
    const error = await runAll(plan, run, store);
    return { report: reportOf(plan, store), error };
  }
  const folder = await BenchFolder.open(run.folder, identityOf(plan), run.resumes);
  const report = async (): Promise<BenchReport> => {
    const written = reportOf(plan, store);
    await writeReports(written, (place, text) => folder.write(place, text));
    run.onReport?.(written);
    return written;
  };
  const reportWhenDue = async (): Promise<void> => {
    if (run.isReportDue?.() === true) await report();
  };
  const store = new FolderStore(folder, reportWhenDue);
  try {
    await reportWhenDue();
    const error = await runAll(plan, run, store);
    return { report: await report(), error };
  } finally {
    await folder.close();
  }
}

async function runAll(plan: PairBenchPlan, run: PairBenchRun, store: BenchStore): Promise<MentorCollabError | null> {
  const { listener, workers, signal } = run;
  const options = { requestOf: requestsOf(plan), mode: plan.answers, onProgress: listener.onProgress };
  try {
    await runBench({ jobs: jobsOf(plan), store, options, workers, listener, signal });
    return null;
  } catch (thrown) {
    const error = asMentorCollabError(thrown);
    return error.code === 'cancelled' ? null : error;
  }
}

function requestsOf({ generator, mentor, verifier, engine, isRaw, prompt }: PairBenchPlan) {
  return ({ arm, item, seed }: BenchJob) => {
    const text = promptText(item, prompt);
    const isPair = arm.models === 'pair';
    return {
      runId: `${arm.name}/${item.id}/${seed}`,
      prompt: isRaw ? ({ form: 'raw', text } as const) : ({ form: 'chat', question: text } as const),
      generator: arm.models === 'mentor' ? mentor : generator,
      mentor: isPair ? mentor : null,
      verifier: isPair ? verifier : null,
      options: engine,
    };
  };
}

/** What makes a bench of that plan the same one when it is gone on with. */
export function identityOf(plan: PairBenchPlan): BenchIdentity {
  const { data, items, prompt, answers, arms, seeds, generator, mentor, verifier, engine, isRaw } = plan;
  return {
    format: 'mentorcollab-bench-plan',
    version: '1.0',
    data,
    items: items.length,
    itemsHash: itemsHash(items, prompt),
    answers,
    arms: armIdentities(arms),
    seeds,
    generator: describeSource(generator),
    mentor: describeSource(mentor),
    verifier: verifier && describeSource(verifier),
    contextSize: engine.contextSize,
    isRaw,
  };
}

function reportOf(plan: PairBenchPlan, { records, models }: BenchStore): BenchReport {
  const { data, arms, items, seeds, recallDomains, version } = plan;
  const facts = (role: 'generator' | 'mentor' | 'verifier'): ModelFacts | null => models[role] ?? unseen(plan[role]);
  return buildReport({
    facts: {
      data,
      generator: facts('generator') ?? NOTHING,
      mentor: arms.some((arm) => arm.models !== 'generator') ? facts('mentor') : null,
      verifier: facts('verifier'),
      version,
    },
    ...{ arms, items, seeds, records, recallDomains },
  });
}

const NOTHING: ModelFacts = { name: '', sha256: null, quantization: null, server: null };

/** What is known of a model that has not been opened. */
function unseen(source: ModelSource | null): ModelFacts | null {
  if (source === null) return null;
  const isFile = source.type === 'file';
  return {
    name: isFile ? (source.path.split(/[\\/]/).at(-1) ?? source.path) : source.model,
    sha256: null,
    quantization: null,
    server: isFile ? null : source.url,
  };
}
