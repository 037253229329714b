import { z } from 'zod';
import type { TokenCounts } from '../../core/runEvent.ts';
import type { Outcome } from '../../core/view/runView.ts';

/** What is kept of one run beside its trace; a line of the journal. */
export interface RunRecord {
  readonly arm: string;
  /** Id of the item. */
  readonly item: string;
  readonly seed: number;
  /** As it is compared; null where none was found. */
  readonly answer: string | null;
  readonly isCorrect: boolean;
  readonly stop: 'end' | 'maxTokens' | 'repeat' | 'stopString' | 'failed';
  /** Why it failed; null unless `stop` is `failed`. */
  readonly failure: string | null;
  readonly steps: number;
  /** Steps that the mentor has won. */
  readonly mentorSteps: number;
  /** Every probe: its step, what became of it, and the verifier's log-odds for the mentor, null where none was asked. */
  readonly decisions: readonly (readonly [step: number, outcome: Outcome, score: number | null])[];
  readonly tokens: { readonly generator: TokenCounts; readonly mentor: TokenCounts; readonly verifier?: TokenCounts };
  readonly timeMs: number;
  /** The trace, relative to the folder of the bench with `/` between names; null where none is kept. */
  readonly trace: string | null;
  /** The run as a page for a browser, told in the same way. */
  readonly page: string | null;
}

const count = z.int().nonnegative();
const tokenCounts = z.object({ accepted: count, decoded: count, prefilled: count });

/** Parses a record that was written earlier. */
export const runRecordSchema = z.object({
  arm: z.string(),
  item: z.string(),
  seed: z.int(),
  answer: z.string().nullable(),
  isCorrect: z.boolean(),
  stop: z.enum(['end', 'maxTokens', 'repeat', 'stopString', 'failed']),
  failure: z.string().nullable(),
  steps: count,
  mentorSteps: count,
  decisions: z.array(z.tuple([count, z.enum(['agreed', 'keptGenerator', 'tookMentor']), z.number().nullable()])),
  tokens: z.object({ generator: tokenCounts, mentor: tokenCounts, verifier: tokenCounts.exactOptional() }),
  timeMs: z.number().nonnegative(),
  trace: z.string().nullable(),
  page: z.string().nullable(),
}) satisfies z.ZodType<RunRecord>;
