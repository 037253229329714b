import { z } from 'zod';
import type { ModelFacts } from '../core/languageModel.ts';
import type { MemoryEstimate } from '../core/modelMemory.ts';

/** What a GGUF file says of itself, and what running it takes. */
export interface GgufReport {
  readonly facts: Omit<ModelFacts, 'sha256' | 'contextSize'>;
  /** Tokens of context the model was trained with; null where the file does not say. */
  readonly trainContextSize: number | null;
  /** Tokens of context that `memory` is for. */
  readonly contextSize: number;
  /** Whether the file brings its own chat template; a question is sent as plain text otherwise. */
  readonly hasChatTemplate: boolean;
  /** Absolute paths of all its files in order; one for a model that is not split. */
  readonly partPaths: readonly string[];
  readonly memory: MemoryEstimate;
}

const bytes = z.number().nonnegative();

/** Parses a report that comes over a wire. */
export const ggufReportSchema: z.ZodType<GgufReport> = z.object({
  facts: z.object({
    name: z.string(),
    path: z.string().nullable(),
    server: z.string().nullable(),
    architecture: z.string().nullable(),
    quantization: z.string().nullable(),
    parameters: z.number().nullable(),
    bytes: bytes.nullable(),
  }),
  trainContextSize: z.number().int().positive().nullable(),
  contextSize: z.number().int().positive(),
  hasChatTemplate: z.boolean(),
  partPaths: z.array(z.string()),
  memory: z.object({ weightsBytes: bytes, contextBytes: bytes, totalBytes: bytes }),
});
