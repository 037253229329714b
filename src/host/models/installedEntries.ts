import type { Catalogue, CatalogueModel } from '../../models/catalogue/catalogue.ts';
import { downloadOf } from '../../models/catalogue/downloadOf.ts';
import { roughMemory } from '../../models/catalogue/roughMemory.ts';
import type { InstalledModel } from '../../models/library/installedModel.ts';
import type { EngineStatus } from '../../protocol/engineStatus.ts';
import type { GgufReport } from '../../protocol/ggufReport.ts';
import { modelLabel } from './modelLabel.ts';
import type { InstalledEntry, ModelMemory, RoleEntry } from './modelsSnapshot.ts';

/** What is known of the models on this machine. */
export interface InstalledSources {
  readonly library: readonly InstalledModel[];
  readonly catalogue: Catalogue;
  /** Absolute path of a file that ships with this program. */
  readonly shippedPath: (fileName: string) => string;
  readonly roles: readonly RoleEntry[];
  readonly status: Pick<EngineStatus, 'loadedModels'>;
  readonly reportOf: (path: string) => GgufReport | null;
  readonly contextSize: number | null;
}

type EntryFacts = Pick<
  InstalledEntry,
  'id' | 'origin' | 'path' | 'paths' | 'bytes' | 'problem' | 'catalogueModel' | 'download'
>;

/** The models on this machine: the demo pair, then those of the library by name. */
export function installedEntries(sources: InstalledSources): readonly InstalledEntry[] {
  const { library, catalogue } = sources;
  const shipped = catalogue.models.filter(({ repository }) => repository === null);
  const others = library
    .filter(({ id }) => !shipped.some((model) => model.id === id))
    .map((model) => completed(factsOf(model, catalogue), sources))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return [...shipped.map((model) => completed(shippedFacts(model, sources), sources)), ...others];
}

function shippedFacts(model: CatalogueModel, { shippedPath }: InstalledSources): EntryFacts {
  const paths = model.files.map(({ name }) => shippedPath(name));
  return {
    id: model.id,
    origin: 'shipped',
    path: paths[0] ?? '',
    paths,
    bytes: model.files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    problem: null,
    catalogueModel: model,
    download: null,
  };
}

function factsOf(model: InstalledModel, { models }: Catalogue): EntryFacts {
  const { id, origin, path, files, bytes, problem } = model;
  const catalogueModel = models.find((each) => each.id === id) ?? null;
  return {
    id,
    origin,
    path,
    paths: files.map((file) => file.path),
    bytes,
    problem,
    catalogueModel,
    download: model.download ?? (catalogueModel?.repository ? downloadOf(catalogueModel) : null),
  };
}

function completed(
  facts: EntryFacts,
  { catalogue, roles, status, reportOf, contextSize }: InstalledSources,
): InstalledEntry {
  const { id, path, catalogueModel } = facts;
  const report = reportOf(path);
  const rough = catalogueModel && roughMemory(catalogueModel, contextSize);
  const roughly: ModelMemory | null = rough && { bytes: rough.totalBytes, isRough: true };
  return {
    ...facts,
    name: modelLabel(id, catalogue),
    quantization: report?.facts.quantization ?? catalogueModel?.quantization ?? null,
    memory: report ? { bytes: report.memory.totalBytes, isRough: false } : roughly,
    loaded: status.loadedModels.find((model) => model.path === path) ?? null,
    usedAs: roles.filter(({ source }) => source?.type === 'file' && source.path === path).map(({ role }) => role),
  };
}
