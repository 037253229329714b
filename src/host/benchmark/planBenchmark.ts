import { resolveArms } from '../../bench/arms/resolveArms.ts';
import type { BenchItem } from '../../bench/data/benchItem.ts';
import { parseDataSet } from '../../bench/data/dataSet.ts';
import { readDemoItems, recallDomainsOf } from '../../bench/data/demoItems.ts';
import { limitPerDomain } from '../../bench/data/limitPerDomain.ts';
import { identityDifferences } from '../../bench/folder/benchIdentity.ts';
import { readPlan } from '../../bench/folder/benchFolder.ts';
import type { PairBenchOutcome, PairBenchPlan, PairBenchRun } from '../../bench/pairBench.ts';
import { identityOf, jobsOf, runPairBench } from '../../bench/pairBench.ts';
import { MentorCollabError } from '../../core/errors.ts';
import type { RunSources } from '../runs/prepareRun.ts';
import { prepareRun } from '../runs/prepareRun.ts';
import { settingsOfNow } from '../runs/settingsOfNow.ts';
import { readRunInput, settingId } from '../settings/readHostSettings.ts';
import type { BenchmarkChoice } from './benchmarkChoice.ts';
import { dataName, isDemo } from './benchmarkChoice.ts';

/** Where a benchmark's questions and models come from. */
export interface BenchmarkSources extends RunSources {
  /** Absolute path of the folder with the demo pair and its problems. */
  readonly modelsFolder: string;
  /** The text of a file by its URI. */
  readonly readFile: (uri: string) => Promise<string>;
  /** Version of this program, for reports. */
  readonly version: string;
}

/** A benchmark, ready to run. */
export interface PlannedBenchmark {
  readonly plan: PairBenchPlan;
  readonly run: (run: PairBenchRun) => Promise<PairBenchOutcome>;
  /** How many runs it comes to. */
  readonly runs: number;
  readonly generatorName: string;
  readonly mentorName: string;
  /** A remark, such as that the demo pair does not know such questions; null when all is well. */
  readonly remark: string | null;
}

/**
 * All questions of data, whatever the limit.
 *
 * @throws MentorCollabError `bad-input` with file and line for data that can't be used.
 */
export async function readItems(
  data: string,
  { modelsFolder, readFile }: Pick<BenchmarkSources, 'modelsFolder' | 'readFile'>,
): Promise<readonly BenchItem[]> {
  if (isDemo(data)) return readDemoItems(data, modelsFolder);
  const name = dataName(data);
  let text: string;
  try {
    text = await readFile(data);
  } catch (cause) {
    throw new MentorCollabError('bad-input', `${name} can't be read. Is the file still there (${data})?`, { cause });
  }
  return parseDataSet([{ name, text }]);
}

/**
 * Puts a choice and the settings of this moment together.
 *
 * @throws MentorCollabError as a question would fail for models and settings; `bad-input` for an arm that there is not.
 */
export async function planBenchmark(
  choice: BenchmarkChoice,
  items: readonly BenchItem[],
  sources: BenchmarkSources,
): Promise<PlannedBenchmark> {
  const fixed = settingsOfNow(sources);
  const chosen = choice.limit === null ? items : limitPerDomain(items, choice.limit);
  const prepared = prepareRun('benchmark', { question: chosen[0]?.question ?? '', origin: null }, fixed);
  if ('error' in prepared) throw prepared.error;
  const { generator, mentor, verifier, options, settings } = prepared.request;
  const plan: PairBenchPlan = {
    data: dataName(choice.data),
    items: chosen,
    recallDomains: recallDomainsOf(choice.data),
    arms: await resolveArms({
      names: choice.arms,
      sweep: [],
      common: readRunInput(fixed.readSetting),
      nameOf: settingId,
      readFile: refuseFile,
    }),
    seeds: Array.from({ length: choice.seeds }, (_, index) => settings.seed + index),
    prompt: {},
    answers: 'strict',
    ...{ generator, mentor: mentor ?? generator, verifier },
    engine: options,
    isRaw: false,
    version: sources.version,
  };
  const { generatorName, mentorName, notice } = prepared.facts;
  return {
    plan,
    run: (run) => runPairBench(plan, run),
    runs: jobsOf(plan).length,
    generatorName,
    mentorName: mentorName ?? generatorName,
    remark: notice?.message ?? null,
  };
}

/**
 * Whether a benchmark can be gone on with by this plan.
 *
 * @param path - absolute path of its folder.
 * @throws MentorCollabError `bad-input` that names what differs from the plan that it was begun with.
 */
export async function checkSamePlan(plan: PairBenchPlan, path: string): Promise<void> {
  const before = await readPlan(path);
  const differences = before ? identityDifferences(before, identityOf(plan)) : [];
  if (differences.length === 0) return;
  throw new MentorCollabError(
    'bad-input',
    `This benchmark was begun with other models, settings or data; what differs: ${differences.join(', ')}. Its results can't be mixed: set back what differs to go on with it, or run a new benchmark. What has been run stays.`,
  );
}

/** Files of settings are for the command line. */
function refuseFile(path: string): Promise<string> {
  return Promise.reject(
    new MentorCollabError('bad-input', `The arm ${path} is a file, which only the command line takes.`),
  );
}
