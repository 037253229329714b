import type { ModelSource } from '../../core/modelSource.ts';
import type { Catalogue, CatalogueModel } from '../../models/catalogue/catalogue.ts';
import type { DownloadStatus } from '../../models/download/downloadStatus.ts';
import type { ModelDownload } from '../../models/download/modelDownload.ts';
import type { InstalledModelProblem } from '../../models/library/installedModel.ts';
import type { ModelRole } from '../../protocol/engine.ts';
import type { LoadedModel } from '../../protocol/engineStatus.ts';
import type { ServerReport } from '../../protocol/serverReport.ts';

/** What running a model takes, as far as it is known before it runs. */
export interface ModelMemory {
  readonly bytes: number;
  /** From what the catalogue knows, not from the file. */
  readonly isRough: boolean;
}

/** The model that a role has by the settings of this moment. */
export interface RoleEntry {
  readonly role: ModelRole;
  /** As the setting has it; null for a verifier that is the generator itself. */
  readonly reference: string | null;
  readonly name: string;
  /** Null for a verifier that is the generator itself, and where {@link problem} says why. */
  readonly source: ModelSource | null;
  /** Why it can't be used, and what to do; null when nothing is known to be wrong. */
  readonly problem: string | null;
  /** The model of the catalogue that has to be downloaded first; null when there is nothing to download. */
  readonly missing: CatalogueModel | null;
  /** Null for a model on a server, and where it is not known (yet). */
  readonly memory: ModelMemory | null;
  /** What the engine holds of it; null when it is not loaded, and for a model on a server. */
  readonly loaded: LoadedModel | null;
}

/** A model whose file is on this machine. */
export interface InstalledEntry {
  /** How a setting names it: an id. */
  readonly id: string;
  readonly name: string;
  /** `shipped`: comes with this program. */
  readonly origin: 'shipped' | 'downloaded' | 'imported';
  /** Absolute path of the file to load. */
  readonly path: string;
  /** All files, in order. */
  readonly paths: readonly string[];
  /** All files together. */
  readonly bytes: number;
  readonly problem: InstalledModelProblem | null;
  /** Null where it is not known (yet). */
  readonly quantization: string | null;
  readonly memory: ModelMemory | null;
  readonly loaded: LoadedModel | null;
  readonly usedAs: readonly ModelRole[];
  /** Null for a model that is not of the catalogue. */
  readonly catalogueModel: CatalogueModel | null;
  /** How to get its files again; null for those that did not come by download. */
  readonly download: ModelDownload | null;
}

/** A download with the name that people know its model by. */
export interface DownloadLine {
  readonly name: string;
  readonly status: DownloadStatus;
  /** Roles that it will be used in once it is there. */
  readonly wantedAs: readonly ModelRole[];
}

/** What is known of a server since it was asked; nothing is asked of one by itself. */
export type ServerTest =
  | { readonly type: 'untested' }
  | { readonly type: 'testing' }
  | { readonly type: 'answered'; readonly report: ServerReport }
  | { readonly type: 'failed'; readonly message: string };

/** A model server. */
export interface ServerLine {
  /** Base URL. */
  readonly url: string;
  readonly name: string;
  /** Whether it is in the user's list, and not only named by a role. */
  readonly isAdded: boolean;
  readonly hasKey: boolean;
  readonly test: ServerTest;
  /** Models that roles name on it, with those roles. */
  readonly used: ReadonlyMap<string, readonly ModelRole[]>;
}

/** How much memory there is for models. */
export interface MemoryBudget {
  readonly machineBytes: number;
  /** What of it models may take, so that the machine stays usable. */
  readonly usableBytes: number;
}

/** Everything that is known of models at one moment. */
export interface ModelsSnapshot {
  readonly roles: readonly RoleEntry[];
  readonly installed: readonly InstalledEntry[];
  readonly downloads: readonly DownloadLine[];
  readonly servers: readonly ServerLine[];
  readonly catalogue: Catalogue;
  readonly budget: MemoryBudget;
  /** Tokens of context that sums are for; null is the default of each model. */
  readonly contextSize: number | null;
  /** The folder that models are downloaded into. */
  readonly folder: string;
  /** What is wrong with the list of servers. */
  readonly problems: readonly string[];
}
