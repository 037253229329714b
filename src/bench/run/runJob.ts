import { MentorCollabError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import type { RunEnded } from '../../core/runEvent.ts';
import { RunViewBuilder } from '../../core/view/runView.ts';
import type { SolveListener, SolveProgress, SolveRequest } from '../../protocol/engine.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { judgeAnswer } from '../answers/judgeAnswer.ts';
import type { AnswerMode } from '../answers/judgement.ts';
import { itemSeed } from '../arms/itemSeed.ts';
import type { BenchJob } from './benchJob.ts';
import type { RunRecord } from './runRecord.ts';

/** Runs one request; a reasoning engine, or one with advice around it. */
export type Solve = (request: SolveRequest, listener: SolveListener, signal: AbortNotifier) => Promise<RunEnded>;

/** What is the same for all runs of a bench. */
export interface RunOptions {
  /** The request of a job, but for what makes it the job's own: its settings. */
  readonly requestOf: (job: BenchJob) => Omit<SolveRequest, 'settings' | 'opening'>;
  readonly mode: AnswerMode;
  readonly onProgress: (progress: SolveProgress) => void;
}

/** A run that is over. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly lines: readonly TraceLine[];
  readonly header: RunHeader;
}

/**
 * Runs a job to its end and judges its answer.
 *
 * @returns null when it was cancelled.
 * @throws MentorCollabError when it could not begin, or the engine died; a run that fails midway is a run that failed.
 */
export async function runJob(
  job: BenchJob,
  solve: Solve,
  options: RunOptions,
  signal: AbortNotifier,
): Promise<FinishedRun | null> {
  const lines: TraceLine[] = [];
  const builder = new RunViewBuilder();
  const listener: SolveListener = {
    onProgress: options.onProgress,
    onLines: (told) => {
      for (const line of told) {
        lines.push(line);
        if (line.type !== 'run-started') builder.add(line);
      }
    },
  };
  const settings = { ...job.arm.settings, seed: itemSeed(job.seed, job.item.index) };
  const ended = await solve({ ...options.requestOf(job), settings, opening: null }, listener, signal);
  if (ended.stop === 'cancelled') return null;
  const [header] = lines;
  if (header?.type !== 'run-started') throw new MentorCollabError('internal', 'A run has ended that has no header.');
  const view = builder.view();
  const isFailed = ended.stop === 'failed';
  const { given, isCorrect } = await judgeAnswer(job.item, view.text, options.mode);
  const record: RunRecord = {
    arm: job.arm.name,
    item: job.item.id,
    seed: job.seed,
    answer: given,
    isCorrect: isCorrect && !isFailed,
    stop: ended.stop,
    failure: ended.failure?.message ?? null,
    steps: ended.steps,
    mentorSteps: view.steps.filter(({ source }) => source === 'mentor').length,
    decisions: view.decisions.map(({ step, outcome, score }) => [step, outcome, score]),
    tokens: withoutUndefined(ended.tokens),
    timeMs: ended.timeMs,
    trace: null,
    page: null,
  };
  return { record, lines, header };
}

function withoutUndefined({ generator, mentor, verifier }: RunEnded['tokens']): RunRecord['tokens'] {
  return { generator, mentor, ...(verifier && { verifier }) };
}
