import type { MachineMemory, MemoryEstimate } from '../../core/modelMemory.ts';
import type { MemoryCheck } from '../../models/memory/checkMemory.ts';
import { checkMemory } from '../../models/memory/checkMemory.ts';
import type { ModelRole } from '../../protocol/engine.ts';

/**
 * Where a number is from. `file`: the header of its file, exact but for some buffers. `catalogue`: what the catalogue
 * knows of a model that is not downloaded, rough. `server`: it runs elsewhere and takes nothing here.
 */
export type EstimateSource = 'file' | 'catalogue' | 'server';

/** What one role of a run takes. */
export interface RoleEstimate {
  readonly role: ModelRole;
  /** As it was given. */
  readonly model: string;
  readonly source: EstimateSource;
  /** Of its file; null where there is none here. */
  readonly path: string | null;
  /** Tokens that the estimate is for; null on a server. */
  readonly contextSize: number | null;
  /** Null where the catalogue knows too little to tell. */
  readonly memory: MemoryEstimate | null;
}

/** What `models estimate --json` prints. */
export interface PairEstimate extends Pick<MemoryCheck, 'totalBytes'> {
  readonly roles: readonly RoleEstimate[];
  /**
   * `yes`: in what is free now. `tight`: on this machine, but not in what is free now. `no`: not on this machine.
   * `unknown`: too little is known of one of the models.
   */
  readonly fits: MemoryCheck['fits'] | 'unknown';
  /** The sum in words; empty where nothing runs here. */
  readonly sum: string;
  readonly memory: MachineMemory;
  /** Ids of the nearest pair that fits; null where these do, or none does. */
  readonly nearest: { readonly generator: string; readonly mentor: string; readonly totalBytes: number } | null;
}

/** What the models of a run take together, and whether a machine has it; the nearest pair is for the caller to find. */
export function sumUp(roles: readonly RoleEstimate[], memory: MachineMemory): Omit<PairEstimate, 'nearest'> {
  const needed = roles.flatMap(({ role, model, source, memory: estimate }, index) => {
    if (source === 'server' || !estimate) return [];
    // As the engine counts: a file that is mapped twice is in memory once.
    const isThere = roles.slice(0, index).some((other) => other.path !== null && other.path === roles[index]?.path);
    return [{ name: `${role} ${model}`, bytes: isThere ? estimate.contextBytes : estimate.totalBytes }];
  });
  const { fits, totalBytes, sum } = checkMemory(needed, memory, 0);
  const isKnown = roles.every(({ memory: estimate }) => estimate !== null);
  return { roles, fits: isKnown || fits === 'no' ? fits : 'unknown', totalBytes, sum, memory };
}
