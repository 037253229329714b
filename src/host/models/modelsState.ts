import type { MachineMemory } from '../../core/modelMemory.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import type { Catalogue } from '../../models/catalogue/catalogue.ts';
import { usableMemoryBytes } from '../../models/catalogue/roughMemory.ts';
import type { DownloadManager } from '../../models/download/downloadManager.ts';
import type { InstalledModel } from '../../models/library/installedModel.ts';
import type { ModelLibrary } from '../../models/library/modelLibrary.ts';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import type { EngineStatus } from '../../protocol/engineStatus.ts';
import type { GgufReport } from '../../protocol/ggufReport.ts';
import { describeThrown } from '../describeThrown.ts';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import type { Event } from '../emitter.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { SettingReader } from '../settings/readHostSettings.ts';
import { readEngineOptions } from '../settings/readHostSettings.ts';
import { installedEntries } from './installedEntries.ts';
import { modelLabel } from './modelLabel.ts';
import type { ModelReports } from './modelReports.ts';
import { readServers } from './modelSettings.ts';
import type { ModelsSnapshot } from './modelsSnapshot.ts';
import type { PendingChoices } from './pendingChoices.ts';
import { roleEntries } from './roleEntries.ts';
import type { ServerKeys } from './serverKeys.ts';
import { serverLines } from './serverLines.ts';
import type { ServerTests } from './serverTests.ts';

export interface ModelsStateOptions {
  readonly readSetting: SettingReader;
  readonly resolveModel: (reference: string) => ModelSource;
  readonly library: Pick<ModelLibrary, 'list' | 'watch' | 'places'>;
  readonly downloads: Pick<DownloadManager, 'list' | 'onChange' | 'refresh'>;
  readonly catalogue: Catalogue;
  /** Absolute path of a file that ships with this program. */
  readonly shippedPath: (fileName: string) => string;
  readonly engine: Pick<ReasoningEngine, 'status'> & { readonly onDidChangeStatus: Event<void> };
  readonly reports: ModelReports;
  readonly tests: ServerTests;
  readonly keys: Pick<ServerKeys, 'keyFor' | 'onDidUpdate'>;
  readonly pending: PendingChoices;
  readonly readMemory: () => Promise<MachineMemory>;
  readonly log: HostLog;
}

/** What was read from disk, engine and machine last. */
interface Readings {
  readonly library: readonly InstalledModel[];
  readonly status: Pick<EngineStatus, 'loadedModels'>;
  readonly machineBytes: number;
}

/**
 * Keeps together what is known of models. Nothing is read, watched or asked before somebody wants to know; from
 * {@link start} on it follows what happens.
 */
export class ModelsState extends Disposable {
  readonly #options: ModelsStateOptions;
  readonly #updated = this.register(new Emitter<'all' | 'downloads'>());
  readonly #abort = new AbortController();
  #readings: Readings = { library: [], status: { loadedModels: [] }, machineBytes: 0 };
  #snapshot: ModelsSnapshot | null = null;
  #refreshing: Promise<void> | null = null;
  /** How often {@link refresh} was called. */
  #asked = 0;
  #inspecting: Promise<void> | null = null;
  #hasStarted = false;
  #downloadStates = '';
  #statusQuestion = 0;

  /** Tells what has changed: the progress of downloads alone, or anything. */
  readonly onDidUpdate = this.#updated.event;

  constructor(options: ModelsStateOptions) {
    super();
    this.#options = options;
    this.register({
      dispose: () => {
        this.#abort.abort();
      },
    });
  }

  /** As it is known now; {@link refresh} makes it true. */
  get snapshot(): ModelsSnapshot {
    this.#snapshot ??= this.#build();
    return this.#snapshot;
  }

  /** Begins to follow what happens, and reads everything once. */
  async start(): Promise<void> {
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      this.#follow();
    }
    await this.refresh();
  }

  /**
   * Reads disk and machine anew; calls that come meanwhile are answered together. What the engine holds comes in when it
   * says so: it may be busy, or hang, and nobody should wait for it.
   */
  async refresh(): Promise<void> {
    void this.#readStatus();
    this.#asked++;
    this.#refreshing ??= this.#readUntilCurrent().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Puts together anew what is known: a setting, a key or a test has changed. */
  rebuild(): void {
    this.#snapshot = null;
    this.#updated.fire('all');
  }

  /** Looks at the files of roles and of models of no catalogue, one after the other; what they say comes in as it is read. */
  async inspect(): Promise<void> {
    this.#inspecting ??= this.#inspect().finally(() => {
      this.#inspecting = null;
    });
    return this.#inspecting;
  }

  async #inspect(): Promise<void> {
    const { reports } = this.#options;
    const { roles, installed } = this.snapshot;
    const paths = [
      ...roles.flatMap(({ source }) => (source?.type === 'file' ? [source.path] : [])),
      ...installed.flatMap((entry) => (entry.problem === null && entry.catalogueModel === null ? [entry.path] : [])),
    ];
    for (const path of new Set(paths)) {
      const found = this.#abort.signal.aborted ? null : await reports.read(path, this.#abort.signal);
      // An engine that does not run would fail for every further file.
      if (found?.type === 'failed' && found.error.code.startsWith('engine-')) return;
    }
  }

  #follow(): void {
    const { downloads, engine, reports, tests, keys, log } = this.#options;
    const readAgain = (): void => {
      void this.refresh().catch((thrown: unknown) => {
        log.warn(`The models could not be listed: ${describeThrown(thrown)}`);
      });
    };
    const rebuild = (): void => {
      this.rebuild();
    };
    for (const subscription of [
      this.#watchLibrary(() => {
        reports.forget();
        readAgain();
      }),
      downloads.onChange(() => {
        this.#followDownloads(readAgain);
      }),
      engine.onDidChangeStatus(() => void this.#readStatus()),
      reports.onDidUpdate(rebuild),
      tests.onDidUpdate(rebuild),
      keys.onDidUpdate(rebuild),
    ]) {
      this.register(subscription);
    }
  }

  /** A folder that can't be watched is still listed when it is asked for. */
  #watchLibrary(onChange: () => void): DisposableLike {
    const { library, log } = this.#options;
    try {
      return library.watch(onChange);
    } catch (thrown) {
      log.warn(`The folder of models can't be watched: ${describeThrown(thrown)}`);
      return { dispose: () => undefined };
    }
  }

  #followDownloads(readAgain: () => void): void {
    const states = this.#options.downloads.list.map(({ download, state }) => `${download.id} ${state}`).join('\n');
    this.#snapshot = null;
    if (states === this.#downloadStates) {
      this.#updated.fire('downloads');
      return;
    }
    this.#downloadStates = states;
    this.#updated.fire('all');
    readAgain();
  }

  async #readUntilCurrent(): Promise<void> {
    let answered: number;
    do {
      answered = this.#asked;
      await this.#read();
    } while (answered !== this.#asked);
    this.rebuild();
  }

  async #read(): Promise<void> {
    const { library, downloads, readMemory } = this.#options;
    const [models, memory] = await Promise.all([library.list(), readMemory(), downloads.refresh()]);
    this.#readings = { ...this.#readings, library: models, machineBytes: memory.totalBytes };
  }

  async #readStatus(): Promise<void> {
    const { engine, log } = this.#options;
    // An answer to an earlier question is none of interest.
    const question = ++this.#statusQuestion;
    let status: Readings['status'] = { loadedModels: [] };
    try {
      status = await engine.status();
    } catch (thrown) {
      // It has ended, and everything with it.
      log.debug(`The engine does not tell its state: ${describeThrown(thrown)}`);
    }
    if (question !== this.#statusQuestion) return;
    this.#readings = { ...this.#readings, status };
    this.rebuild();
  }

  #build(): ModelsSnapshot {
    const { readSetting, catalogue, library, downloads, pending, tests, keys } = this.#options;
    const { machineBytes, status } = this.#readings;
    const contextSize = this.#contextSize();
    const reportOf = (path: string): GgufReport | null => {
      const known = this.#options.reports.known(path);
      return known?.type === 'read' ? known.report : null;
    };
    const shared = { ...this.#options, status, reportOf, contextSize };
    const roles = roleEntries(shared);
    const { servers: added, problems } = readServers(readSetting);
    return {
      roles,
      installed: installedEntries({ ...shared, library: this.#readings.library, roles }),
      downloads: downloads.list.map((download) => ({
        name: modelLabel(download.download.id, catalogue),
        status: download,
        wantedAs: pending.rolesOf(download.download.id),
      })),
      servers: serverLines({
        added,
        roles,
        testOf: (url) => tests.of(url),
        keyFor: (url) => keys.keyFor(url),
      }),
      catalogue,
      budget: { machineBytes, usableBytes: usableMemoryBytes(machineBytes) },
      contextSize,
      folder: library.places.folder,
      problems,
    };
  }

  /** A wrong setting is told when a question is asked; sums are for the default then. */
  #contextSize(): number | null {
    try {
      return readEngineOptions(this.#options.readSetting).contextSize;
    } catch {
      return null;
    }
  }
}
