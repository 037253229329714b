import type { ModelSource } from '../../core/modelSource.ts';
import type { GpuChoice, ModelRole } from '../../protocol/engine.ts';
import type { EngineStatus, LoadedModel } from '../../protocol/engineStatus.ts';

/** The model that a role has by the settings of this moment. */
export interface RoleState {
  readonly role: ModelRole;
  /** An id, a file's name, or a model's name on its server. */
  readonly name: string;
  /** Null when it can't be told, see {@link problem}. */
  readonly source: ModelSource | null;
  /** Why it can't be used; null when nothing is known to be wrong. */
  readonly problem: string | null;
  /** What the engine holds of it; null when it is not loaded, and for a model on a server. */
  readonly loaded: LoadedModel | null;
}

/** What the engine is at. A run's models may be others than those of the settings. */
export type Activity =
  | { readonly type: 'idle' }
  | { readonly type: 'loading'; readonly role: ModelRole; /** 0..1 */ readonly fraction: number }
  | {
      readonly type: 'running' | 'stopping';
      readonly generatorName: string;
      /** Null for a run without a mentor. */
      readonly mentorName: string | null;
    };

/** Everything that is shown of the models at one glance. */
export interface ModelsState {
  /** Generator and mentor, and a verifier that is a model of its own. */
  readonly roles: readonly RoleState[];
  readonly activity: Activity;
  /** As the engine told last; null while no engine runs. */
  readonly engine: EngineStatus | null;
  /** Whether graphics processors may be used. */
  readonly gpu: GpuChoice;
  /** Time until models that nobody uses are given back, in milliseconds; null while none wait for that. */
  readonly unloadsInMs: number | null;
}
