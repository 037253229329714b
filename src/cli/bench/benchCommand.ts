import { join } from 'node:path';
import { recallDomainsOf } from '../../bench/data/demoItems.ts';
import type { PairBenchOutcome, PairBenchPlan } from '../../bench/pairBench.ts';
import { jobsOf } from '../../bench/pairBench.ts';
import { fileName } from '../../bench/folder/fileName.ts';
import type { MatrixPart } from '../../bench/report/matrixReport.ts';
import { matrixReport } from '../../bench/report/matrixReport.ts';
import { writeMatrix } from '../../bench/writeMatrix.ts';
import type { CommandContext, CommandOutcome } from '../commandContext.ts';
import { tell } from '../commandContext.ts';
import { planRuns } from '../runOptions.ts';
import { UsageError } from '../usageError.ts';
import { readBenchItems } from './benchData.ts';
import type { BenchOptions } from './benchOptions.ts';
import { readAnswerMode, readArms, readDataOptions, readFolder, readPromptOptions, readSeeds } from './benchOptions.ts';
import { BenchRunner } from './benchRunner.ts';
import { benchTable, matrixTable } from './benchTable.ts';
import { readMatrix } from './matrixFile.ts';

/** A pair to run, with its own plan. */
interface NamedPlan {
  /** Empty for the only one. */
  readonly name: string;
  readonly plan: PairBenchPlan;
}

/** Questions at once where everything is computed elsewhere. */
const SERVED_CONCURRENCY = 4;
const MOST_CONCURRENCY = 256;

/** `bench`: the same questions in several arms, and what differs between them. */
export async function benchCommand(
  options: BenchOptions,
  context: CommandContext,
  version: string,
): Promise<CommandOutcome> {
  const [stray] = options.positionals;
  if (stray !== undefined) throw new UsageError(`"${stray}" is not understood.`);
  const folder = readFolder(options, context);
  const plans = await readPlans(options, context, version);
  const concurrency = options.count('concurrency', 1, MOST_CONCURRENCY);
  const outcomes: PairBenchOutcome[] = [];
  for (const { name, plan } of plans) {
    const runner = new BenchRunner(plan, context, {
      name,
      concurrency: concurrency ?? (isServed(plan) ? SERVED_CONCURRENCY : 1),
      isQuiet: options.has('quiet'),
    });
    const place = folder === null || name === '' ? folder : join(folder, pairFolder(name));
    outcomes.push(await runner.run(place, options.has('resume')));
    if (context.signal.aborted) break;
  }
  if (folder !== null && options.text('matrix') !== undefined) await writeMatrix(partsOf(outcomes, plans), folder);
  return report(outcomes, plans, options, context);
}

function partsOf(outcomes: readonly PairBenchOutcome[], plans: readonly NamedPlan[]): readonly MatrixPart[] {
  return outcomes.map(({ report: one }, index) => {
    const name = plans[index]?.name ?? '';
    return { name, folder: pairFolder(name), report: one };
  });
}

/** Where a pair of a matrix is kept, relative to the folder of the matrix. */
function pairFolder(name: string): string {
  return `pairs/${fileName(name)}`;
}

async function readPlans(
  options: BenchOptions,
  context: CommandContext,
  version: string,
): Promise<readonly NamedPlan[]> {
  const data = options.text('data');
  if (data === undefined) throw new UsageError('Say which questions by --data: a file of JSON Lines, or demo.');
  const arms = await readArms(options, context);
  const first = planRuns(options, undefined, context);
  const shared = {
    data,
    arms,
    items: await readBenchItems(
      data,
      options.count('limit', 1, Number.MAX_SAFE_INTEGER),
      context,
      readDataOptions(options),
    ),
    recallDomains: recallDomainsOf(data),
    seeds: readSeeds(options, first.settings.seed),
    prompt: await readPromptOptions(options, context),
    answers: readAnswerMode(options),
    engine: first.engine,
    isRaw: first.isRaw,
    version,
  };
  const matrix = options.text('matrix');
  if (matrix === undefined) {
    const { generator, mentor, verifier } = first;
    return [{ name: '', plan: { ...shared, generator, mentor, verifier } }];
  }
  const pairs = await readMatrix(matrix, options, context);
  return pairs.map(({ name, ...sources }) => ({ name, plan: { ...shared, ...sources } }));
}

function isServed({ arms, generator, mentor, verifier }: PairBenchPlan): boolean {
  const needsMentor = arms.some(({ models }) => models !== 'generator');
  const used = [generator, ...(needsMentor ? [mentor] : []), ...(verifier ? [verifier] : [])];
  return used.every(({ type }) => type === 'server');
}

function report(
  outcomes: readonly PairBenchOutcome[],
  plans: readonly NamedPlan[],
  options: BenchOptions,
  context: CommandContext,
): CommandOutcome {
  const reports = outcomes.map((outcome) => outcome.report);
  const error = outcomes.find((outcome) => outcome.error !== null)?.error ?? null;
  const done = reports.reduce((sum, { items }) => sum + items.reduce((all, { runs }) => all + runs.length, 0), 0);
  const planned = plans.reduce((sum, { plan }) => sum + jobsOf(plan).length, 0);
  if (done > 0 || !error)
    context.output.write(options.has('json') ? printed(partsOf(outcomes, plans)) : tables(partsOf(outcomes, plans)));
  for (const outcome of outcomes) if (outcome.error) tell(context, outcome.error.message);
  if (done < planned) {
    const advice = options.text('out') === undefined ? '' : ' The same command with --resume goes on.';
    tell(context, `${done} of ${planned} runs were done.${advice}`);
  }
  if (context.signal.aborted) return 'interrupted';
  return error ? 'failed' : 'done';
}

/** Without the items: they are many, and stand in the folder's report. */
function printed(parts: readonly MatrixPart[]): string {
  const short = parts.map(({ report: { items: _items, ...rest } }) => rest);
  return `${JSON.stringify(isMatrix(parts) ? { ...matrixReport(parts), matrix: short } : short[0])}\n`;
}

function tables(parts: readonly MatrixPart[]): string {
  if (!isMatrix(parts)) return parts.map(({ report: one }) => benchTable(one)).join('');
  return [
    ...parts.map(({ name, report: one }) => `${name}\n${benchTable(one)}`),
    matrixTable(matrixReport(parts)),
  ].join('\n');
}

/** The only pair of a bench without a matrix has no name. */
function isMatrix(parts: readonly MatrixPart[]): boolean {
  return parts.some(({ name }) => name !== '');
}
