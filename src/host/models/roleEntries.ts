import { asMentorCollabError } from '../../core/errors.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import { describeSource } from '../../core/modelSource.ts';
import type { Catalogue, CatalogueModel } from '../../models/catalogue/catalogue.ts';
import { roughMemory } from '../../models/catalogue/roughMemory.ts';
import type { ModelRole } from '../../protocol/engine.ts';
import type { EngineStatus } from '../../protocol/engineStatus.ts';
import type { GgufReport } from '../../protocol/ggufReport.ts';
import type { SettingReader } from '../settings/readHostSettings.ts';
import { readRole } from '../settings/readHostSettings.ts';
import { modelLabel } from './modelLabel.ts';
import type { ModelMemory, RoleEntry } from './modelsSnapshot.ts';
import { ROLES } from './roleWords.ts';

/** What the roles' models are told from. */
export interface RoleSources {
  readonly readSetting: SettingReader;
  /** Where a model is; throws a `MentorCollabError` when there is none. */
  readonly resolveModel: (reference: string) => ModelSource;
  readonly catalogue: Catalogue;
  readonly status: Pick<EngineStatus, 'loadedModels'>;
  /** What a file says of itself; null while nobody has looked, or it could not be read. */
  readonly reportOf: (path: string) => GgufReport | null;
  readonly contextSize: number | null;
}

/** The models of all roles by the settings of this moment. */
export function roleEntries(sources: RoleSources): readonly RoleEntry[] {
  return ROLES.map((role) => roleEntry(role, sources));
}

function roleEntry(role: ModelRole, sources: RoleSources): RoleEntry {
  const nothing = { role, reference: null, source: null, problem: null, missing: null, memory: null, loaded: null };
  try {
    const reference = readRole(sources.readSetting, role);
    if (reference === null) return { ...nothing, name: 'the generator itself' };
    return { ...nothing, ...entryOf(reference, sources) };
  } catch (thrown) {
    return { ...nothing, name: 'not set', problem: asMentorCollabError(thrown).message };
  }
}

type FoundModel = Pick<RoleEntry, 'reference' | 'name' | 'source' | 'problem' | 'missing' | 'memory' | 'loaded'>;

function entryOf(reference: string, sources: RoleSources): FoundModel {
  const { catalogue, status, reportOf, contextSize } = sources;
  const known = catalogue.models.find(({ id }) => id === reference) ?? null;
  const name = modelLabel(reference, catalogue);
  const rough = known && roughMemory(known, contextSize);
  const roughly: ModelMemory | null = rough && { bytes: rough.totalBytes, isRough: true };
  try {
    const source = sources.resolveModel(reference);
    const found = { reference, name, source, problem: null, missing: null };
    if (source.type === 'server') return { ...found, memory: null, loaded: null };
    const report = reportOf(source.path);
    return {
      ...found,
      memory: report ? { bytes: report.memory.totalBytes, isRough: false } : roughly,
      loaded: status.loadedModels.find(({ path }) => path === source.path) ?? null,
    };
  } catch (thrown) {
    const { message } = asMentorCollabError(thrown);
    const missing: CatalogueModel | null = known?.repository == null ? null : known;
    return { reference, name, source: null, problem: message, missing, memory: roughly, loaded: null };
  }
}

/**
 * What all roles' models take together; one that has several roles is loaded once.
 *
 * @returns null where nothing is known of one of them.
 */
export function togetherBytes(roles: readonly RoleEntry[]): ModelMemory | null {
  let bytes = 0;
  let isRough = false;
  const counted = new Set<string>();
  for (const { reference, source, memory } of roles) {
    if (reference === null || source?.type === 'server') continue;
    const key = source ? describeSource(source) : reference;
    if (counted.has(key)) continue;
    counted.add(key);
    if (!memory) return null;
    bytes += memory.bytes;
    isRough ||= memory.isRough;
  }
  return { bytes, isRough };
}
