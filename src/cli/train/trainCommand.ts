import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { isDemoData } from '../../bench/data/demoItems.ts';
import type { TrainingPlan } from '../../bench/training/trainingPlan.ts';
import { DEFAULT_MOST_DIVERGENCES } from '../../bench/training/trainingPlan.ts';
import { writeTrained } from '../../bench/training/writeTrained.ts';
import { readBenchItems } from '../bench/benchData.ts';
import { readAnswerMode, readDataOptions, readPromptOptions } from '../bench/benchOptions.ts';
import type { CommandContext, CommandOutcome } from '../commandContext.ts';
import { tell } from '../commandContext.ts';
import { readTextFile } from '../questionInput.ts';
import { planRuns } from '../runOptions.ts';
import { UsageError } from '../usageError.ts';
import type { TrainOptions } from './trainOptions.ts';
import { readHeldOutShare, readPlaces } from './trainOptions.ts';
import { TrainRunner } from './trainRunner.ts';
import { trainingTable } from './trainingTable.ts';

/** More would be days of work by a slip of the hand. */
const MOST_DIVERGENCES = 1_000;
const MOST_CONCURRENCY = 256;

/** `train-verifier`: runs both branches of divergences, and fits a verifier to which of them answers right. */
export async function trainCommand(
  options: TrainOptions,
  context: CommandContext,
  version: string,
): Promise<CommandOutcome> {
  const [stray] = options.positionals;
  if (stray !== undefined) throw new UsageError(`"${stray}" is not understood.`);
  const places = readPlaces(options, context);
  const plan = await readPlan(options, context, version);
  const runner = new TrainRunner(plan, context, {
    folder: places.work,
    heldOutShare: readHeldOutShare(options),
    concurrency: options.count('concurrency', 1, MOST_CONCURRENCY) ?? 1,
    isQuiet: options.has('quiet'),
  });
  const trained = await runner.run();
  if (trained === null) return 'interrupted';
  const written = await writeTrained(trained, places.verifier);
  context.output.write(options.has('json') ? `${JSON.stringify(trained.report)}\n` : trainingTable(trained.report));
  tell(context, `The verifier is in ${written.verifier}, its report in ${written.page}.`);
  tell(context, `Use it: mentorcollab solve --preset paper-mlp --verifier-file ${options.text('out') ?? ''}`);
  return 'done';
}

async function readPlan(options: TrainOptions, context: CommandContext, version: string): Promise<TrainingPlan> {
  const data = options.text('data');
  if (data === undefined) throw new UsageError('Say which questions by --data: a file of JSON Lines with answers.');
  const { generator, mentor, settings, engine, isRaw } = planRuns(options, 'paper-mlp', context);
  if (generator.type === 'server') {
    throw new UsageError(
      'A verifier can be trained for a generator on this machine alone, since servers tell no hidden states. Give a catalogue id or a GGUF file by --generator.',
    );
  }
  const limit = options.count('limit', 1, Number.MAX_SAFE_INTEGER);
  return {
    // Without its folder, which is nobody else's business.
    data: basename(data),
    dataSha256: isDemoData(data) ? null : sha256Of(await readTextFile(data, context)),
    items: await readBenchItems(data, limit, context, readDataOptions(options)),
    generator,
    mentor,
    prompt: await readPromptOptions(options, context),
    answers: readAnswerMode(options),
    engine,
    isRaw,
    settings,
    mostDivergences: options.count('max-divergences', 1, MOST_DIVERGENCES) ?? DEFAULT_MOST_DIVERGENCES,
    version,
  };
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
