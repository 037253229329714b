import { resolve } from 'node:path';
import type { AnswerMode } from '../../bench/answers/judgement.ts';
import type { Arm } from '../../bench/arms/arm.ts';
import { parseSweep } from '../../bench/arms/parseSweep.ts';
import { ARM_NAMES, DEFAULT_ARMS, resolveArms } from '../../bench/arms/resolveArms.ts';
import type { DataOptions } from '../../bench/data/dataSet.ts';
import { parseFieldMap } from '../../bench/data/fieldMap.ts';
import { LAYOUT_NAMES, parseLayoutName } from '../../bench/data/layouts/dataLayouts.ts';
import type { PromptOptions } from '../../bench/prompt/promptText.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandOptions, OptionSpec } from '../commandOptions.ts';
import { readTextFile } from '../questionInput.ts';
import type { RunOptionName } from '../runOptions.ts';
import { asUsage, optionName, readSettingsInput, RUN_OPTIONS } from '../runOptions.ts';
import { UsageError } from '../usageError.ts';

export type BenchOptionName =
  | RunOptionName
  | 'data'
  | 'format'
  | 'field'
  | 'few-shot'
  | 'instruction'
  | 'answers'
  | 'arms'
  | 'sweep'
  | 'seeds'
  | 'limit'
  | 'matrix'
  | 'out'
  | 'resume'
  | 'concurrency'
  | 'json'
  | 'quiet';

export type BenchOptions = CommandOptions<BenchOptionName>;

export const BENCH_OPTIONS: readonly OptionSpec<BenchOptionName>[] = [
  {
    name: 'data',
    value: 'FILE',
    help: 'JSON Lines of {question, answer, choices?, id?, domain?, cluster?} or a published data set; demo or demo:math for the problems that ship',
  },
  { name: 'format', value: 'NAME', help: `layout of the data, of ${LAYOUT_NAMES.join(', ')} (default: as recognised)` },
  { name: 'field', value: 'MAP', help: 'which field is which, such as question=problem,answer=solution' },
  { name: 'few-shot', value: 'FILE', help: 'worked examples put before each question, or around {question}' },
  {
    name: 'instruction',
    value: 'CHOICE',
    help: 'task: say below each question how to give the answer; none (default: task for published data and choices)',
  },
  {
    name: 'answers',
    value: 'MODE',
    help: 'strict (default): answers that are stated as such; flexible: also the last number of a text',
  },
  {
    name: 'arms',
    value: 'LIST',
    help: `what to compare, of ${ARM_NAMES.join(', ')}, and files of settings that end in .json (default ${DEFAULT_ARMS.join(',')})`,
  },
  {
    name: 'sweep',
    value: 'RANGE',
    help: 'further arms with other probabilities of a probe, such as probability=0.05..1',
  },
  { name: 'seeds', value: 'N', help: 'runs of each question in arms with chance in them, from --seed on (default 1)' },
  { name: 'limit', value: 'N', help: 'only the first N questions of each domain' },
  {
    name: 'matrix',
    value: 'FILE',
    help: 'several pairs: a JSON list of {name, generator, mentor, verifier?}; instead of --generator and --mentor',
  },
  { name: 'out', value: 'FOLDER', help: 'keep results, traces and reports there' },
  { name: 'resume', help: 'go on with the bench in that folder: what is done is not done again' },
  {
    name: 'concurrency',
    value: 'N',
    help: 'questions at once (default 1, and 4 where all models are on servers); the results are the same',
  },
  ...RUN_OPTIONS,
  { name: 'json', help: 'print the report as one JSON document instead of tables' },
  { name: 'quiet', help: 'no progress' },
];

/** How the data is read; throws a UsageError for what can't be. */
export function readDataOptions(options: BenchOptions): DataOptions {
  const [layout, fields] = [options.text('format'), options.text('field')];
  return asUsage(() => ({
    layout: layout === undefined ? undefined : parseLayoutName(layout),
    fields: fields === undefined ? undefined : parseFieldMap(fields),
  }));
}

/** How questions are put; a raw prompt is sent as it is, unless asked otherwise. */
export async function readPromptOptions(options: BenchOptions, context: CommandContext): Promise<PromptOptions> {
  const file = options.text('few-shot');
  return {
    instruction: options.choice('instruction', ['task', 'none']),
    fewShot: file === undefined ? undefined : await readTextFile(file, context),
  };
}

export function readAnswerMode(options: BenchOptions): AnswerMode {
  return options.choice('answers', ['strict', 'flexible']) ?? 'strict';
}

/** The arms of the bench; one that the settings forbid is bad usage. */
export async function readArms(options: BenchOptions, context: CommandContext): Promise<readonly Arm[]> {
  const sweep = options.text('sweep');
  const list = options.text('arms');
  return asUsageOf(
    resolveArms({
      names: list === undefined ? DEFAULT_ARMS : list.split(','),
      sweep: sweep === undefined ? [] : asUsage(() => parseSweep(sweep)),
      common: readSettingsInput(options),
      nameOf: optionName,
      readFile: (path) => readTextFile(path, context),
    }),
  );
}

/** More would be days of work by a slip of the hand. */
const MOST_SEEDS = 100;

/** The seeds of the bench, from `--seed` on; throws a UsageError where there are not so many. */
export function readSeeds(options: BenchOptions, first: number): readonly number[] {
  const count = options.count('seeds', 1, MOST_SEEDS) ?? 1;
  const last = Number.MAX_SAFE_INTEGER - count + 1;
  if (first > last) throw new UsageError(`--seed is ${first}, but must be at most ${last} for ${count} seeds.`);
  return Array.from({ length: count }, (_, index) => first + index);
}

/** The folder of the bench; null for none. */
export function readFolder(options: BenchOptions, { workingFolder }: CommandContext): string | null {
  const folder = options.text('out');
  if (folder === undefined && options.has('resume')) {
    throw new UsageError('--resume goes on with the bench in a folder: say which by --out FOLDER.');
  }
  return folder === undefined ? null : resolve(workingFolder, folder);
}

/** What is read, where bad input is bad usage. */
export async function asUsageOf<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    return asUsage(() => {
      throw thrown;
    });
  }
}
