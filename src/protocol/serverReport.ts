import { z } from 'zod';

/** What a test of a model server has found. */
export interface ServerReport {
  /** Base URL, without any key. */
  readonly url: string;
  /** The program behind it as far as it can be told; `openai-compatible` for all others. */
  readonly kind: 'llama-server' | 'vllm' | 'sglang' | 'ollama' | 'lm-studio' | 'mentorcollab' | 'openai-compatible';
  /** Null where it does not say. */
  readonly version: string | null;
  /** Names of the models it offers. */
  readonly models: readonly string[];
  /** The model that was asked for; null when the server lacks it. */
  readonly model: string | null;
  /** Tokens of context; null where it does not say. */
  readonly contextSize: number | null;
  /** Most top log-probabilities it tells of a token; 0: none. */
  readonly topLogProbabilities: number;
  /** Whether it tells the log-probabilities of a prompt's own tokens. */
  readonly hasPromptLogProbabilities: boolean;
  /** Where the model's chat template is taken from: the server, the model's family (by its name), or nowhere. */
  readonly chatTemplate: { readonly from: 'server' | 'family' | 'none'; readonly name: string | null };
  /** What all this means for a run, in plain words; whole sentences. */
  readonly remarks: readonly string[];
  /** How long the test took, in milliseconds. */
  readonly timeMs: number;
}

/** Parses a report that comes over a wire. */
export const serverReportSchema: z.ZodType<ServerReport> = z.object({
  url: z.string(),
  kind: z.enum(['llama-server', 'vllm', 'sglang', 'ollama', 'lm-studio', 'mentorcollab', 'openai-compatible']),
  version: z.string().nullable(),
  models: z.array(z.string()),
  model: z.string().nullable(),
  contextSize: z.number().int().positive().nullable(),
  topLogProbabilities: z.number().int().nonnegative(),
  hasPromptLogProbabilities: z.boolean(),
  chatTemplate: z.object({ from: z.enum(['server', 'family', 'none']), name: z.string().nullable() }),
  remarks: z.array(z.string()),
  timeMs: z.number().nonnegative(),
});
