import type { ErrorCode } from '../core/errors.ts';
import type { MachineMemory, MemoryEstimate } from '../core/modelMemory.ts';
import type { EngineBackend, LoadedModel } from '../protocol/engineStatus.ts';
import type { ServerReport } from '../protocol/serverReport.ts';

/** What is wrong, with its stable code. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** The program that makes the report, and where it runs. */
export interface ProgramFacts {
  /** MentorCollab's version. */
  readonly version: string;
  /** What it runs in, such as `Visual Studio Code 1.104.0`. */
  readonly host: string;
  /** The version of Node that runs it. */
  readonly node: string;
  /** Kind of the other machine that it works on (`ssh-remote`, `wsl`); null for this one, and without an editor. */
  readonly remote: string | null;
  /** Whether the folder is trusted; null without an editor. */
  readonly isTrusted: boolean | null;
}

/** The machine that the models run on. */
export interface MachineFacts {
  /** Such as `linux-x64`. */
  readonly platform: string;
  /** The system's own name and version. */
  readonly system: string;
  /** The processor's name; null where the system does not tell. */
  readonly processor: string | null;
  /** Logical cores. */
  readonly cores: number;
  readonly memory: MachineMemory;
}

/** What is known of the engine. */
export interface EngineFacts {
  /** Version of node-llama-cpp; null where the package can't be found. */
  readonly libraryVersion: string | null;
  /** Whether its process ran before the report was asked for; null where it is no process of its own. */
  readonly wasRunning: boolean | null;
  /** Why it can't be used; null when its native library has been loaded. */
  readonly problem: Problem | null;
  /** Null when {@link problem} is not. */
  readonly backend: EngineBackend | null;
  readonly loadedModels: readonly LoadedModel[];
  /** Resident memory of its process, in bytes; null when it has none. */
  readonly residentBytes: number | null;
}

/** A setting or an option that is not at its default. */
export interface ChosenSetting {
  readonly name: string;
  /** As JSON. */
  readonly value: string;
  /** Where it was set, such as `user`. */
  readonly from: string;
}

/** A model file of a role. */
export interface ModelFileFacts {
  readonly name: string;
  readonly path: string;
  readonly architecture: string | null;
  readonly quantization: string | null;
  readonly parameters: number | null;
  readonly bytes: number | null;
  /** Lower-case hex; null when it was not computed. */
  readonly sha256: string | null;
  /** Tokens of context it would be opened with. */
  readonly contextSize: number;
  readonly hasChatTemplate: boolean;
  readonly memory: MemoryEstimate;
}

/** What a role's reference comes to. */
export interface RoleFacts {
  readonly role: 'generator' | 'mentor' | 'verifier';
  /** As it was set; null for a verifier that is the generator. */
  readonly reference: string | null;
  /** What is wrong with it; null when nothing is. */
  readonly problem: Problem | null;
  /** Null for a model that is no file, or can't be read. */
  readonly file: ModelFileFacts | null;
  /** What the test of its server found; null for a file, and when the test failed. */
  readonly server: ServerReport | null;
}

/** A server that is set, whatever it is used for. */
export interface ServerFacts {
  /** Its base URL. */
  readonly url: string;
  /** Why it can't be used; null when it answers. */
  readonly problem: Problem | null;
  /** What the test found; null when it failed. */
  readonly report: ServerReport | null;
}

/** The folder of downloaded models. */
export interface LibraryFacts {
  readonly folder: string;
  /** Room left on its disk, in bytes; null where the system does not tell. */
  readonly freeBytes: number | null;
  /** Each installed model by id, with what is wrong with it at first sight. */
  readonly models: readonly { readonly id: string; readonly bytes: number; readonly problem: string | null }[];
  /** Why the folder can't be read; null when it can, or is not there yet. */
  readonly problem: Problem | null;
}

/** Everything that whoever looks into a problem asks for first. Nothing has been taken out of it yet: see `Redactor`. */
export interface Diagnosis {
  readonly program: ProgramFacts;
  readonly machine: MachineFacts;
  readonly engine: EngineFacts;
  readonly settings: readonly ChosenSetting[];
  /** What is wrong with settings. */
  readonly settingsProblems: readonly Problem[];
  readonly roles: readonly RoleFacts[];
  /** Servers that are set but have no role. */
  readonly servers: readonly ServerFacts[];
  readonly library: LibraryFacts;
  /** The end of the log; one text, since a secret may go over several lines. Null where there is no log. */
  readonly log: string | null;
}
