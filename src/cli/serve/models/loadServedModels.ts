import { basename } from 'node:path';
import type { AbortNotifier } from '../../../core/languageModel.ts';
import type { ModelSource } from '../../../core/modelSource.ts';
import type { ServingEngine } from '../../../engine/serving/servingEngine.ts';
import type { ModelRole } from '../../../protocol/engine.ts';
import type { RunPlan } from '../../runOptions.ts';
import type { PairModel, ServedModel, SingleModel } from './servedModels.ts';
import { ServedModels } from './servedModels.ts';

/** Name of the pair, unless a model itself has it. */
const PAIR_ID = 'mentorcollab';

export interface LoadOptions {
  readonly engine: ServingEngine;
  readonly plan: RunPlan;
  /** What the user has called the models, where it was said. */
  readonly names: { readonly generator: string | undefined; readonly mentor: string | undefined };
  /** Whether there is a mentor, and so a pair. */
  readonly hasMentor: boolean;
  readonly signal: AbortNotifier;
  /** Told how far loading has come, 0..1. */
  readonly onProgress: (role: ModelRole, fraction: number) => void;
}

/**
 * Loads what is to be served: each model that is a file by itself, and the pair. A model on another server is served as
 * part of the pair alone; by itself it is served there already.
 */
export async function loadServedModels(options: LoadOptions): Promise<ServedModels> {
  const { plan, hasMentor } = options;
  const singles: SingleModel[] = [];
  for (const role of hasMentor ? (['generator', 'mentor'] as const) : (['generator'] as const)) {
    const single = await loadSingle(role, plan[role], options);
    // The same model twice is one; another of the same name would hide it.
    if (single && !singles.some(({ use }) => use.source.path === single.use.source.path)) {
      singles.push(singles.some(({ id }) => id === single.id) ? { ...single, id: `${single.id}-${role}` } : single);
    }
  }
  return new ServedModels(hasMentor ? [...singles, pairOf(options, singles)] : singles);
}

async function loadSingle(
  role: 'generator' | 'mentor',
  source: ModelSource,
  { engine, plan, names, signal, onProgress }: LoadOptions,
): Promise<SingleModel | null> {
  if (source.type === 'server') return null;
  const use = { source, options: plan.engine };
  const tell = (fraction: number): void => {
    onProgress(role, fraction);
  };
  return { type: 'single', id: nameOf(source, names[role]), use, served: await engine.inspect(use, tell, signal) };
}

function pairOf({ plan, names }: LoadOptions, singles: readonly ServedModel[]): PairModel {
  const alias = `${nameOf(plan.generator, names.generator)}+${nameOf(plan.mentor, names.mentor)}`;
  const isTaken = singles.some(({ id }) => id === PAIR_ID);
  return { type: 'pair', id: isTaken ? alias : PAIR_ID, alias, plan };
}

/** An id as the user wrote it; else a file's name without its ending and the number of its part, or a model's name on its server. */
function nameOf(source: ModelSource, written: string | undefined): string {
  if (source.type === 'server') return source.model;
  const isId = written !== undefined && !/[/\\]|\.gguf$/i.test(written);
  return isId ? written : basename(source.path).replace(/(?:-\d{5}-of-\d{5})?\.gguf$/i, '');
}
