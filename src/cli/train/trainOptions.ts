import { resolve } from 'node:path';
import { DEFAULT_HELD_OUT_SHARE } from '../../bench/training/trainVerifier.ts';
import { DEFAULT_MOST_DIVERGENCES } from '../../bench/training/trainingPlan.ts';
import type { BenchOptionName } from '../bench/benchOptions.ts';
import { BENCH_OPTIONS } from '../bench/benchOptions.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandOptions, OptionSpec } from '../commandOptions.ts';
import { UsageError } from '../usageError.ts';

/** What `train-verifier` takes: much of it as `bench` does. */
export type TrainOptionName = BenchOptionName | 'held-out' | 'max-divergences' | 'work';

export type TrainOptions = CommandOptions<TrainOptionName>;

/** Options of `bench` that mean the same here. */
const SHARED: readonly BenchOptionName[] = [
  ...(['format', 'field', 'few-shot', 'instruction', 'answers', 'limit'] as const),
  ...(['generator', 'mentor', 'probability', 'decision', 'threshold', 'patch-tokens', 'max-tokens', 'seed'] as const),
  ...(['context-size', 'threads', 'gpu', 'raw-prompt'] as const),
];

export const TRAIN_OPTIONS: readonly OptionSpec<TrainOptionName>[] = [
  {
    name: 'data',
    value: 'FILE',
    help: 'JSON Lines of {question, answer, choices?, id?, domain?, cluster?} or a published data set',
  },
  { name: 'out', value: 'FILE', help: 'the verifier, such as verifier.safetensors; its report is put beside it' },
  ...BENCH_OPTIONS.filter(({ name }) => SHARED.includes(name)),
  {
    name: 'max-divergences',
    value: 'N',
    help: `divergences of a question that are run both ways at most (default ${DEFAULT_MOST_DIVERGENCES})`,
  },
  {
    name: 'held-out',
    value: 'SHARE',
    help: `share of the questions that is held out for the report, 0.05..0.5 (default ${DEFAULT_HELD_OUT_SHARE})`,
  },
  {
    name: 'work',
    value: 'FOLDER',
    help: 'keeps what is done, so that the same command goes on (default: beside the verifier, NAME.training)',
  },
  {
    name: 'concurrency',
    value: 'N',
    help: 'questions at once (default 1), each with models of its own',
  },
  { name: 'json', help: 'print the report as one JSON document instead of tables' },
  { name: 'quiet', help: 'no progress' },
];

/** Where things go, as absolute paths. */
export interface TrainPlaces {
  readonly verifier: string;
  readonly work: string;
}

/** @throws UsageError where no file is named. */
export function readPlaces(options: TrainOptions, { workingFolder }: CommandContext): TrainPlaces {
  const out = options.text('out');
  if (out === undefined)
    throw new UsageError('Say where the verifier goes by --out, such as --out verifier.safetensors.');
  const verifier = resolve(workingFolder, out);
  const work = options.text('work');
  return {
    verifier,
    work: work === undefined ? `${verifier.replace(/\.safetensors$/i, '')}.training` : resolve(workingFolder, work),
  };
}

/** Fewer would measure nothing, and more would leave too little to learn from. */
const [LEAST_SHARE, MOST_SHARE] = [0.05, 0.5];

/** The share of the questions that is held out. */
export function readHeldOutShare(options: TrainOptions): number {
  const share = options.number('held-out') ?? DEFAULT_HELD_OUT_SHARE;
  if (typeof share === 'number' && share >= LEAST_SHARE && share <= MOST_SHARE) return share;
  throw new UsageError(
    `--held-out is ${JSON.stringify(share)}, but must be a share from ${LEAST_SHARE} to ${MOST_SHARE}.`,
  );
}
