import type { AbortNotifier } from '../../core/languageModel.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import { AbortLink } from '../../models/abortLink.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import type { SeenModels } from '../folder/journal.ts';
import { checkModels, seenIn } from './seenModels.ts';
import type { BenchJob } from './benchJob.ts';
import { jobKey } from './benchJob.ts';
import type { FinishedRun, RunOptions, Solve } from './runJob.ts';
import { runJob } from './runJob.ts';
import type { RunRecord } from './runRecord.ts';
import { spread } from './spread.ts';

/** Where a run is kept, relative to the folder of the bench. */
export type RunPlaces = Pick<RunRecord, 'trace' | 'page'>;

/** Where results are kept: a folder, or this process alone. */
export interface BenchStore {
  /** Runs that are over already; of one that was made again the last counts. */
  readonly records: readonly RunRecord[];
  readonly models: SeenModels;
  /** Keeps a run, for programs and for people; gives the places, or null where none is kept. */
  writeRun(job: BenchJob, lines: readonly TraceLine[]): Promise<RunPlaces>;
  addRun(record: RunRecord): Promise<void>;
  setModels(models: SeenModels): Promise<void>;
}

/** What a bench tells while it goes on. */
export interface BenchListener {
  /** A run is over; also told, before any is begun, of those that were over already. */
  readonly onRun: (record: RunRecord) => void;
  /** All that was over already has been told; runs begin. */
  readonly onBegin: () => void;
}

export interface BenchInput {
  readonly jobs: readonly BenchJob[];
  readonly store: BenchStore;
  readonly options: RunOptions;
  /** What runs, one job at a time each; more than one spreads the work. */
  readonly workers: readonly Solve[];
  readonly listener: BenchListener;
  readonly signal: AbortNotifier;
}

/**
 * Runs what is not over yet: jobs without a record, and those that failed. Ends quietly when it is cancelled; what was
 * under way then is left out, and is made again the next time.
 *
 * @throws MentorCollabError what keeps a run from beginning, after everything else under way has ended.
 */
export async function runBench(input: BenchInput): Promise<void> {
  const { jobs, store, listener, signal, workers } = input;
  const over = new Map(store.records.filter(({ stop }) => stop !== 'failed').map((record) => [jobKey(record), record]));
  const keyOf = ({ arm, item, seed }: BenchJob): string => jobKey({ arm: arm.name, item: item.id, seed });
  const open = jobs.filter((job) => !over.has(keyOf(job)));
  for (const job of jobs) {
    const record = over.get(keyOf(job));
    if (record) listener.onRun(record);
  }
  listener.onBegin();
  const link = new AbortLink(signal);
  try {
    await spread(open, workers, {
      work: async (job, solve) => {
        const finished = await runJob(job, solve, input.options, link.signal);
        if (finished) listener.onRun(await keep(job, finished, store));
      },
      stop: () => {
        link.abort();
      },
      hasToStop: () => link.signal.aborted,
    });
  } finally {
    link.release();
  }
}

async function keep(job: BenchJob, { record, lines, header }: FinishedRun, store: BenchStore): Promise<RunRecord> {
  await keepModels(job, header, store);
  const kept = { ...record, ...(await store.writeRun(job, lines)) };
  await store.addRun(kept);
  return kept;
}

async function keepModels(job: BenchJob, header: RunHeader, store: BenchStore): Promise<void> {
  const seen = seenIn(job.arm, header);
  checkModels(store.models, seen);
  const models = {
    generator: store.models.generator ?? seen.generator,
    mentor: store.models.mentor ?? seen.mentor,
    verifier: store.models.verifier ?? seen.verifier,
  };
  if (JSON.stringify(models) !== JSON.stringify(store.models)) await store.setModels(models);
}
