import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asMentorCollabError, cancelledError } from '../core/errors.ts';
import type { ModelSource } from '../core/modelSource.ts';
import { freeBytes } from '../models/download/diskSpace.ts';
import { hashFile } from '../models/hashFile.ts';
import { isMissing } from '../models/isMissing.ts';
import type { InstalledModel } from '../models/library/installedModel.ts';
import type { ModelLibrary } from '../models/library/modelLibrary.ts';
import { readMachineMemory } from '../models/memory/machineMemory.ts';
import type { EngineOptions, ReasoningEngine } from '../protocol/engine.ts';
import type {
  ChosenSetting,
  Diagnosis,
  EngineFacts,
  LibraryFacts,
  ModelFileFacts,
  Problem,
  ProgramFacts,
  RoleFacts,
  ServerFacts,
} from './diagnosis.ts';
import { describeMachine } from './describeMachine.ts';
import { installedVersion } from './installedVersion.ts';

/** A role as it is set. */
export interface RoleSource {
  readonly role: RoleFacts['role'];
  /** As it was set; null for a verifier that is the generator. */
  readonly reference: string | null;
  /** Where the model is; null for a verifier that is the generator. Throws what is wrong with the reference. */
  readonly resolve: () => ModelSource | null;
}

export interface DiagnosisSources {
  readonly program: ProgramFacts;
  /** The part of an engine that is asked; it is started where it does not run. */
  readonly engine: Pick<ReasoningEngine, 'inspect' | 'testServer' | 'status'>;
  /** Absolute path of the folder that the engine's code is in, from which it finds its packages. */
  readonly engineFolder: string;
  /** Null for an engine that is no process of its own. */
  readonly wasEngineRunning: boolean | null;
  readonly options: EngineOptions;
  /** Absolute path of the folder with the demo pair, on which the engine is tried. */
  readonly modelsFolder: string;
  readonly roles: readonly RoleSource[];
  /** Servers that are set; those that a role has are tested for that role only. */
  readonly servers: readonly { readonly url: string; readonly apiKey: string | null }[];
  readonly library: Pick<ModelLibrary, 'list' | 'places'>;
  readonly settings: readonly ChosenSetting[];
  readonly settingsProblems: readonly Problem[];
  readonly log: string | null;
  readonly signal: AbortSignal;
  /** Told what is being looked at. */
  readonly onProgress: (what: string) => void;
}

/** Asked for where no model is chosen: servers list theirs whatever is asked for, and none has one of this name. */
const ANY_MODEL = '-';
/** A file larger than this is only hashed when it is downloaded or imported: reading it takes more than a moment. */
const MOST_HASHED_BYTES = 4 * 2 ** 30;

/**
 * Looks at everything that a bug report needs. What can't be looked at is told as a problem in its place.
 *
 * @throws MentorCollabError `cancelled` once the signal is aborted.
 */
export async function collectDiagnosis(sources: DiagnosisSources): Promise<Diagnosis> {
  const { program, settings, settingsProblems, log, onProgress } = sources;
  onProgress('the engine');
  const engine = await engineFacts(sources);
  onProgress('the models on this machine');
  const { facts: library, models } = await libraryFacts(sources);
  const roles: RoleFacts[] = [];
  const tested = new Set<string>();
  for (const role of sources.roles) {
    onProgress(`the ${role.role}`);
    roles.push(await roleFacts(role, { models, tested }, sources));
  }
  const servers = await serverFacts(tested, sources);
  const machine = describeMachine(await readMachineMemory());
  return { program, machine, engine, settings, settingsProblems, roles, servers, library, log };
}

async function engineFacts(sources: DiagnosisSources): Promise<EngineFacts> {
  const { engine, options, modelsFolder, signal, wasEngineRunning } = sources;
  const libraryVersion = await installedVersion('node-llama-cpp', sources.engineFolder);
  const failed = await problemOf(signal, () => engine.inspect(join(modelsFolder, 'demo-small.gguf'), options, signal));
  const status = await attempt(signal, () => engine.status());
  if ('problem' in status) {
    const nothing = { backend: null, loadedModels: [], residentBytes: null };
    return { libraryVersion, wasRunning: wasEngineRunning, problem: failed ?? status.problem, ...nothing };
  }
  const { backend, loadedModels, residentBytes } = status.value;
  return {
    ...{ libraryVersion, wasRunning: wasEngineRunning, problem: failed, backend, loadedModels },
    residentBytes: wasEngineRunning === null ? null : residentBytes,
  };
}

async function roleFacts(
  { role, reference, resolve }: RoleSource,
  { models, tested }: { readonly models: readonly InstalledModel[]; readonly tested: Set<string> },
  sources: DiagnosisSources,
): Promise<RoleFacts> {
  const { engine, options, signal } = sources;
  const nothing: RoleFacts = { role, reference, problem: null, file: null, server: null };
  const source = await attempt(signal, () => Promise.resolve().then(resolve));
  if ('problem' in source) return { ...nothing, problem: source.problem };
  if (source.value === null) return nothing;
  if (source.value.type === 'server') {
    const { value: server } = source;
    tested.add(server.url);
    const report = await attempt(signal, () => engine.testServer(server, signal));
    return 'problem' in report ? { ...nothing, problem: report.problem } : { ...nothing, server: report.value };
  }
  const { path } = source.value;
  const inspected = await attempt(signal, () => engine.inspect(path, options, signal));
  if ('problem' in inspected) return { ...nothing, problem: inspected.problem };
  const { facts, contextSize, hasChatTemplate, memory } = inspected.value;
  const { name, architecture, quantization, parameters, bytes } = facts;
  const file: ModelFileFacts = {
    ...{ name, path, architecture, quantization, parameters, bytes, contextSize, hasChatTemplate, memory },
    sha256: await hashOf(path, models, signal),
  };
  return { ...nothing, file };
}

/** All at a time: one that does not answer takes long to be given up. */
async function serverFacts(
  tested: ReadonlySet<string>,
  { servers, engine, signal, onProgress }: DiagnosisSources,
): Promise<readonly ServerFacts[]> {
  const others = servers.filter(({ url }) => !tested.has(url));
  if (others.length > 0) onProgress('the servers');
  return Promise.all(
    others.map(async ({ url, apiKey }): Promise<ServerFacts> => {
      const source = { type: 'server', url, model: ANY_MODEL, apiKey } as const;
      const asked = await attempt(signal, () => engine.testServer(source, signal));
      return 'problem' in asked
        ? { url, problem: asked.problem, report: null }
        : { url, problem: null, report: asked.value };
    }),
  );
}

/** The recorded hash where the library has the file, else the computed one; null where that takes too long. */
async function hashOf(path: string, models: readonly InstalledModel[], signal: AbortSignal): Promise<string | null> {
  const recorded = models.flatMap(({ files }) => files).find((file) => file.path === path);
  if (recorded) return recorded.sha256;
  const hashed = await attempt(signal, async () =>
    (await stat(path)).size > MOST_HASHED_BYTES ? null : hashFile(path, { signal }),
  );
  return 'problem' in hashed ? null : hashed.value;
}

async function libraryFacts({
  library,
  signal,
}: DiagnosisSources): Promise<{ readonly facts: LibraryFacts; readonly models: readonly InstalledModel[] }> {
  const { folder } = library.places;
  const listed = await attempt(signal, () => library.list());
  const free = await attempt(signal, () => roomFor(folder));
  const models = 'problem' in listed ? [] : listed.value;
  return {
    models,
    facts: {
      folder,
      // Infinite where the file system does not tell.
      freeBytes: 'problem' in free || !Number.isFinite(free.value) ? null : free.value,
      models: models.map(({ id, bytes, problem }) => ({ id, bytes, problem })),
      problem: 'problem' in listed ? listed.problem : null,
    },
  };
}

/** Room on the disk of a folder, which need not be there yet. */
async function roomFor(folder: string): Promise<number> {
  try {
    return await freeBytes(folder);
  } catch (thrown) {
    const parent = dirname(folder);
    if (!isMissing(thrown) || parent === folder) throw thrown;
    return roomFor(parent);
  }
}

type Attempt<T> = { readonly value: T } | { readonly problem: Problem };

/** What came of it, or what was wrong; only being cancelled ends the report. */
async function attempt<T>(signal: AbortSignal, work: () => Promise<T>): Promise<Attempt<T>> {
  const isCancelled = (): boolean => signal.aborted;
  if (isCancelled()) throw cancelledError();
  try {
    return { value: await work() };
  } catch (thrown) {
    if (isCancelled()) throw cancelledError();
    const { code, message } = asMentorCollabError(thrown);
    return { problem: { code, message } };
  }
}

async function problemOf(signal: AbortSignal, work: () => Promise<unknown>): Promise<Problem | null> {
  const outcome = await attempt(signal, work);
  return 'problem' in outcome ? outcome.problem : null;
}
