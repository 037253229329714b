import { z } from 'zod';
import type { MachineMemory } from '../core/modelMemory.ts';

/** A model that the engine holds. */
export interface LoadedModel {
  /** Absolute path; of a split model that of its first part. */
  readonly path: string;
  /** Tokens of context it was opened with. */
  readonly contextSize: number;
  /** What weights, cache and buffers were expected to take, in bytes. */
  readonly estimatedBytes: number;
  /** By how much the engine's process has grown while the model was loaded, in bytes; null where that says nothing. */
  readonly actualBytes: number | null;
}

/** What the models are computed on. */
export interface EngineBackend {
  readonly name: 'cpu' | 'cuda' | 'vulkan' | 'metal';
  /** Names of the graphics processors in use; none with `cpu`. */
  readonly devices: readonly string[];
  /** What else there is to know, such as why no graphics processor is used; a whole sentence, or null. */
  readonly note: string | null;
}

/** What the engine holds right now. */
export interface EngineStatus {
  readonly loadedModels: readonly LoadedModel[];
  /** Runs under way, 0 or 1. */
  readonly activeRuns: number;
  /** Resident memory of the engine's process, in bytes. */
  readonly residentBytes: number;
  /** Null before anything native was loaded. */
  readonly backend: EngineBackend | null;
  readonly memory: MachineMemory;
}

/** Parses the name of a backend. */
export const backendNameSchema: z.ZodType<EngineBackend['name']> = z.enum(['cpu', 'cuda', 'vulkan', 'metal']);

const bytes = z.number().nonnegative();

/** Parses a status that comes over a wire. */
export const engineStatusSchema: z.ZodType<EngineStatus> = z.object({
  loadedModels: z.array(
    z.object({
      path: z.string(),
      contextSize: z.number().int().nonnegative(),
      estimatedBytes: bytes,
      actualBytes: bytes.nullable(),
    }),
  ),
  activeRuns: z.number().int().nonnegative(),
  residentBytes: bytes,
  backend: z
    .object({
      name: backendNameSchema,
      devices: z.array(z.string()),
      note: z.string().nullable(),
    })
    .nullable(),
  memory: z.object({ totalBytes: bytes, availableBytes: bytes }),
});
