import type { ModelSource } from '../../core/modelSource.ts';
import { describeSource } from '../../core/modelSource.ts';
import { MentorCollabError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import type { Catalogue, CatalogueModel } from '../../models/catalogue/catalogue.ts';
import type { ModelPair } from '../../models/catalogue/nearestFittingPair.ts';
import { nearestFittingPair } from '../../models/catalogue/nearestFittingPair.ts';
import { roughMemory } from '../../models/catalogue/roughMemory.ts';
import { checkMemory } from '../../models/memory/checkMemory.ts';
import type { ModelRole } from '../../protocol/engine.ts';
import { modelName } from '../runs/prepareRun.ts';
import type { ModelReports } from './modelReports.ts';
import type { MemoryBudget, ModelMemory } from './modelsSnapshot.ts';
import { ROLES } from './roleWords.ts';

/** The models of all roles, as settings name them; a verifier of null is the generator itself. */
export interface FullChoice {
  /** Null where the setting names none. */
  readonly generator: string | null;
  /** Null where the setting names none. */
  readonly mentor: string | null;
  readonly verifier: string | null;
}

/** Whether chosen models fit this machine together. */
export interface FitVerdict {
  /** `unknown`: too little is known of one of them to tell. */
  readonly fits: 'yes' | 'no' | 'unknown';
  readonly totalBytes: number;
  /** The sum in words, such as `generator a 1.2 GiB + mentor b 5.1 GiB = 6.3 GiB`; empty where nothing runs here. */
  readonly sum: string;
  /** The pair of the catalogue that fits and is nearest; null where these fit, or none does. */
  readonly nearest: ModelPair | null;
}

export interface ChoiceCheckSources {
  readonly resolveModel: (reference: string) => ModelSource;
  readonly reports: Pick<ModelReports, 'read'>;
  readonly catalogue: Catalogue;
  readonly budget: MemoryBudget;
  readonly contextSize: number | null;
}

interface Candidate {
  readonly role: ModelRole;
  readonly name: string;
  /** The same for models that are loaded once. */
  readonly key: string;
  /** Null where it isn't known. */
  readonly memory: ModelMemory | null;
  readonly catalogueModel: CatalogueModel | null;
}

/** Sums up what models would take together, from their files where they are here, else from the catalogue. */
export async function checkChoice(
  choice: FullChoice,
  sources: ChoiceCheckSources,
  signal: AbortNotifier,
): Promise<FitVerdict> {
  const candidates: Candidate[] = [];
  for (const role of ROLES) {
    const reference = choice[role];
    const candidate = reference === null ? null : await candidateOf(role, reference, sources, signal);
    // One that has several roles is loaded once.
    if (candidate && !candidates.some(({ key }) => key === candidate.key)) candidates.push(candidate);
  }
  const { budget, catalogue, contextSize } = sources;
  const known = candidates.flatMap(({ role, name, memory }) =>
    memory ? [{ name: `${role} ${name}`, bytes: memory.bytes }] : [],
  );
  const machine = { totalBytes: budget.usableBytes, availableBytes: budget.usableBytes };
  const { totalBytes, sum } = checkMemory(known, machine, 0);
  if (totalBytes <= budget.usableBytes) {
    return { fits: known.length < candidates.length ? 'unknown' : 'yes', totalBytes, sum, nearest: null };
  }
  const wanted = (role: ModelRole): CatalogueModel | null =>
    candidates.find((candidate) => candidate.role === role)?.catalogueModel ?? null;
  const nearest = nearestFittingPair(
    catalogue,
    { generator: wanted('generator'), mentor: wanted('mentor') },
    { memoryBytes: budget.usableBytes, contextSize },
  );
  return { fits: 'no', totalBytes, sum, nearest };
}

/** Null for a model on a server, which takes nothing here. */
async function candidateOf(
  role: ModelRole,
  reference: string,
  sources: ChoiceCheckSources,
  signal: AbortNotifier,
): Promise<Candidate | null> {
  const catalogueModel = sources.catalogue.models.find(({ id }) => id === reference) ?? null;
  const rough = catalogueModel && roughMemory(catalogueModel, sources.contextSize);
  const roughly: ModelMemory | null = rough && { bytes: rough.totalBytes, isRough: true };
  const facts = { role, name: catalogueModel?.name ?? modelName(reference), catalogueModel };
  const source = sourceOf(reference, sources);
  if (source === null) return { ...facts, key: reference, memory: roughly };
  if (source.type === 'server') return null;
  const found = await sources.reports.read(source.path, signal);
  const memory = found.type === 'read' ? { bytes: found.report.memory.totalBytes, isRough: false } : roughly;
  return { ...facts, key: describeSource(source), memory };
}

/** Null for a model that is not here (yet). */
function sourceOf(reference: string, { resolveModel }: ChoiceCheckSources): ModelSource | null {
  try {
    return resolveModel(reference);
  } catch (thrown) {
    if (thrown instanceof MentorCollabError) return null;
    throw thrown;
  }
}
