import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { limitPerDomain } from '../../bench/data/limitPerDomain.ts';
import { trainingIdentity } from '../../bench/training/trainingIdentity.ts';
import type { TrainingPlan } from '../../bench/training/trainingPlan.ts';
import { DEFAULT_MOST_DIVERGENCES } from '../../bench/training/trainingPlan.ts';
import type { TrainedVerifier, TrainingRun } from '../../bench/training/trainVerifier.ts';
import { DEFAULT_HELD_OUT_SHARE, trainVerifier } from '../../bench/training/trainVerifier.ts';
import { writeTrained } from '../../bench/training/writeTrained.ts';
import { MentorCollabError } from '../../core/errors.ts';
import { resolveRunSettings } from '../../core/resolveRunSettings.ts';
import { dataName } from '../benchmark/benchmarkChoice.ts';
import type { BenchmarkSources } from '../benchmark/planBenchmark.ts';
import { readItems } from '../benchmark/planBenchmark.ts';
import { prepareRun } from '../runs/prepareRun.ts';
import { settingsOfNow } from '../runs/settingsOfNow.ts';
import { settingId } from '../settings/readHostSettings.ts';
import type { TrainingChoice } from './trainingChoice.ts';

/** A training, ready to run. */
export interface PlannedTraining {
  readonly questions: number;
  readonly generatorName: string;
  /** A remark, such as that the demo pair does not know such questions; null when all is well. */
  readonly remark: string | null;
  /** Runs it, and writes the verifier with its report. */
  readonly run: (run: Omit<TrainingRun, 'folder' | 'heldOutShare'>) => Promise<KeptVerifier>;
}

/** A trained verifier on the disk. */
export interface KeptVerifier extends Pick<TrainedVerifier, 'report'> {
  /** Absolute path of its file. */
  readonly path: string;
}

/**
 * Puts a choice and the settings of this moment together. How patches are drafted is as in `paper-mlp`, whatever preset is
 * chosen, since that is what the verifier is for.
 *
 * @param folder - where trainings and their verifiers are kept. The same training has the same place, so that it goes on there.
 * @throws MentorCollabError as a question would fail for models and settings; `bad-input` for data that can't be used.
 */
export async function planTraining(
  choice: TrainingChoice,
  folder: string,
  sources: BenchmarkSources,
): Promise<PlannedTraining> {
  const all = await readItems(choice.data, sources);
  const items = choice.limit === null ? all : limitPerDomain(all, choice.limit);
  const prepared = prepareRun('training', { question: items[0]?.question ?? '', origin: null }, settingsOfNow(sources));
  if ('error' in prepared) throw prepared.error;
  const { generator, mentor, options, settings } = prepared.request;
  if (generator.type === 'server' || mentor === null) throw untrainable(generator.type === 'server');
  const { maxTokens, seed } = settings;
  const { probability } = choice;
  const plan: TrainingPlan = {
    data: dataName(choice.data),
    dataSha256: null,
    items,
    ...{ generator, mentor },
    prompt: {},
    answers: 'strict',
    engine: options,
    isRaw: false,
    settings: resolveRunSettings({ preset: 'paper-mlp', probability, maxTokens, seed }, settingId),
    mostDivergences: DEFAULT_MOST_DIVERGENCES,
    version: sources.version,
  };
  const { generatorName, notice } = prepared.facts;
  const name = placeOf(generatorName, plan);
  return {
    questions: items.length,
    generatorName,
    remark: notice?.message ?? null,
    run: async (run) => {
      await mkdir(folder, { recursive: true });
      const work = join(folder, `${name}.training`);
      const trained = await trainVerifier(plan, { ...run, folder: work, heldOutShare: DEFAULT_HELD_OUT_SHARE });
      const path = join(folder, `${name}.safetensors`);
      await writeTrained(trained, path);
      return { path, report: trained.report };
    },
  };
}

/** A name that tells the generator to people, and any two trainings apart. */
function placeOf(generatorName: string, plan: TrainingPlan): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(trainingIdentity(plan)))
    .digest('hex')
    .slice(0, 12);
  const words = (generatorName.match(/[\p{L}\p{N}]+/gu) ?? []).join('-').toLowerCase().slice(0, 40);
  return `${words === '' ? 'verifier' : words}-${hash}`;
}

function untrainable(isServed: boolean): MentorCollabError {
  return new MentorCollabError(
    'bad-input',
    isServed
      ? 'A verifier can be trained for a generator on this machine alone, since servers tell no hidden states. Choose another generator (mentorcollab.generator).'
      : 'A verifier is trained for a pair, and there is no mentor. Choose one (mentorcollab.mentor).',
  );
}
export { TrainingProgress } from '../../bench/training/trainingProgress.ts';
