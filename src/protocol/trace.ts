import { z } from 'zod';
import type { LetterChoice, ModelFacts, Patch, Prompt, Usage, Word } from '../core/languageModel.ts';
import type { Branch, BranchChange } from '../core/branch/branch.ts';
import type { RunEvent } from '../core/runEvent.ts';
import type { RunHeader } from '../core/runHeader.ts';
import type { RunSettings } from '../core/runSettings.ts';
import type { DecisionSettings, ProbeReason } from '../core/decision/decisionPolicy.ts';
import { errorCodeSchema } from './errorCode.ts';

/** One line of a trace file: the header first, then events; `run-ended` is the last. */
export type TraceLine = RunHeader | RunEvent;

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);
const nats = z.number().nonnegative();
// The ids name the parts in the published JSON Schema.
const candidate = z.object({ text: z.string(), logProbability: z.number() }).meta({ id: 'candidate' });
const piece = z
  .object({
    text: z.string(),
    // Null since format 1.2, for servers that do not tell.
    logProbability: z.number().nullable(),
    lead: z.number().nonnegative().nullable(),
    // Since format 1.1.
    candidates: z.array(candidate).default([]),
  })
  .meta({ id: 'piece' });
const word: z.ZodType<Word> = z
  .object({
    text: z.string(),
    pieces: z.array(piece),
    candidates: z.array(candidate),
    entropy: z.number().nonnegative().nullable(),
  })
  .meta({ id: 'word' });
const patch: z.ZodType<Patch> = z
  .object({ text: z.string(), pieces: z.array(piece), endsTurn: z.boolean() })
  .meta({ id: 'patch' });
const choice: z.ZodType<LetterChoice> = z
  .object({ greedyText: z.string(), letters: z.array(candidate) })
  .meta({ id: 'letterChoice' });
const usage: z.ZodType<Usage> = z
  .object({
    decoded: count,
    prefilled: count,
    evaluated: count,
    passes: count,
    retokenised: count,
    timeMs: z.number().nonnegative(),
  })
  .meta({ id: 'usage' });
const usageByRole = z.object({
  generator: usage,
  mentor: usage,
  // Since format 1.2.
  verifier: usage.optional(),
});
const author = z.enum(['generator', 'mentor']);

/** Parses what a branch does otherwise. */
export const branchChangeSchema: z.ZodType<BranchChange> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('other-patch') }),
  z.object({ type: z.literal('candidate'), by: author, text: z.string() }),
  z.object({ type: z.literal('without-mentor') }),
  z.object({ type: z.literal('with-mentor') }),
]);

/** Parses what sets a branch apart from its parent. */
export const branchSchema: z.ZodType<Branch> = z
  .object({ parentRunId: z.string(), step: count, change: branchChangeSchema })
  .meta({ id: 'branch' });
const probability = z.number().min(0).max(1);

const probeReason: z.ZodType<ProbeReason> = z.discriminatedUnion('policy', [
  z.object({ policy: z.literal('random'), draw: z.number(), probability }),
  z.object({ policy: z.literal('confidence'), confidence: share, threshold: share }),
  z.object({ policy: z.literal('entropy'), entropy: nats, threshold: nats }),
  z.object({ policy: z.literal('margin'), margin: share, threshold: share }),
  z.object({ policy: z.literal('budget'), entropy: nats, threshold: nats, share }),
  z.object({ policy: z.literal('stepStart'), entropy: nats, threshold: nats }),
  // Since format 1.4.
  z.object({ policy: z.literal('surprise'), surprise: z.number(), threshold: nats }),
  z.object({ policy: z.literal('positions') }),
  z.object({ policy: z.literal('always') }),
]);

const decisionSettings: z.ZodType<DecisionSettings> = z.discriminatedUnion('policy', [
  z.object({ policy: z.literal('random'), probability }),
  z.object({ policy: z.literal('confidence'), threshold: share }),
  z.object({ policy: z.literal('entropy'), threshold: nats }),
  z.object({ policy: z.literal('margin'), threshold: share }),
  z.object({ policy: z.literal('budget'), share }),
  z.object({ policy: z.literal('stepStart'), threshold: nats }),
  // Since format 1.4.
  z.object({ policy: z.literal('surprise'), threshold: nats }),
  z.object({ policy: z.literal('positions'), steps: z.array(count) }),
  z.object({ policy: z.literal('always') }),
  z.object({ policy: z.literal('never') }),
]);

export const runSettingsSchema: z.ZodType<RunSettings> = z.object({
  preset: z.enum([
    'paper-free',
    // Since format 1.4.
    'paper-mlp',
    'balanced',
    'frugal',
    'thorough',
    'always-mentor',
    'always-generator',
    'coin',
  ]),
  decision: decisionSettings,
  verification: z.enum([
    'letter',
    'letterSwapped',
    'confidence',
    // Since format 1.4.
    'halfAsSure',
    'likelihood',
    'mlp',
    'logistic',
    'score',
    'alwaysMentor',
    'alwaysGenerator',
    'coin',
  ]),
  // Since format 1.4.
  verifierFile: z.string().nullable().default(null),
  // Since format 1.3; sentences since 1.4.
  patchLength: z.enum(['tokens', 'word', 'sentence']).default('tokens'),
  patchTokens: z.number().int().positive(),
  // Since format 1.4.
  earlyRejoin: z.boolean().default(false),
  readAhead: z.boolean().default(false),
  maxTokens: z.number().int().positive(),
  seed: z.number().int(),
  stopStrings: z.array(z.string()),
});

export const promptSchema: z.ZodType<Prompt> = z.discriminatedUnion('form', [
  z.object({
    form: z.literal('chat'),
    question: z.string(),
    // Since format 1.2.
    history: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).optional(),
  }),
  z.object({ form: z.literal('raw'), text: z.string() }),
]);

const modelFacts = z
  .object({
    name: z.string(),
    path: z.string().nullable(),
    // Since format 1.2.
    server: z.string().nullable().default(null),
    sha256: z.string().nullable(),
    architecture: z.string().nullable(),
    quantization: z.string().nullable(),
    parameters: count.nullable(),
    bytes: count.nullable(),
    // Null since format 1.2, for servers that do not tell.
    contextSize: count.nullable(),
  })
  .meta({ id: 'modelFacts' }) satisfies z.ZodType<ModelFacts>;
const opened = z.object({ model: modelFacts, promptAsSent: z.string() }).meta({ id: 'openedModel' });

const header = z.object({
  type: z.literal('run-started'),
  formatVersion: z.string().regex(/^\d+\.\d+$/),
  runId: z.string(),
  startedAt: z.string(),
  prompt: promptSchema,
  generator: opened,
  mentor: opened.nullable(),
  // Since format 1.2.
  verifier: opened.nullable().default(null),
  // Since format 1.4.
  verifierFile: z.object({ path: z.string(), sha256: z.string() }).nullable().default(null),
  settings: runSettingsSchema,
  threads: count.nullable(),
  // Since format 1.1.
  branch: branchSchema.nullable().default(null),
}) satisfies z.ZodType<RunHeader>;

const stepFields = { step: count };
const tokenCounts = z.object({ accepted: count, decoded: count, prefilled: count }).meta({ id: 'tokenCounts' });

const promptRead = z.object({
  type: z.literal('prompt-read'),
  by: author,
  tokens: count,
  timeMs: z.number().nonnegative(),
  cost: usage,
});
const mentorProbed = z.object({
  type: z.literal('mentor-probed'),
  ...stepFields,
  reason: probeReason,
  generatorWord: word,
  // Null since format 1.4, for probes that ask for a score.
  mentorWord: word.nullable(),
  agreed: z.boolean(),
});
const patchDrafted = z.object({ type: z.literal('patch-drafted'), ...stepFields, by: author, patch });
const patchVerified = z.object({
  type: z.literal('patch-verified'),
  ...stepFields,
  winner: author,
  score: z.number().nullable(),
  suffix: z.string().nullable(),
  choice: choice.nullable(),
});
const stepTaken = z.object({
  type: z.literal('step-taken'),
  ...stepFields,
  source: z.enum(['generator', 'agreed', 'mentor']),
  text: z.string(),
  tokens: count,
  word,
  dropped: z.boolean(),
  cost: usageByRole,
});
const runEnded = z.object({
  type: z.literal('run-ended'),
  stop: z.enum(['end', 'maxTokens', 'repeat', 'stopString', 'cancelled', 'failed']),
  failure: z
    .object({
      code: errorCodeSchema,
      message: z.string(),
    })
    .nullable(),
  answer: z.string().nullable(),
  steps: count,
  // The verifier's since format 1.2.
  tokens: z.object({ generator: tokenCounts, mentor: tokenCounts, verifier: tokenCounts.optional() }),
  mentorShare: share,
  mentorStepShare: share,
  usage: usageByRole,
  timeMs: z.number().nonnegative(),
});

/** Parses one event. */
export const runEventSchema = z.discriminatedUnion('type', [
  promptRead,
  mentorProbed,
  patchDrafted,
  patchVerified,
  stepTaken,
  runEnded,
]) satisfies z.ZodType<RunEvent>;

/** Parses the last event of a run. */
export const runEndedSchema = runEnded;

/** Parses a trace's first line. */
export const runHeaderSchema = header;

/** Parses any line of a trace; unknown fields of a newer minor version are dropped, not refused. */
export const traceLineSchema = z.discriminatedUnion('type', [
  header,
  promptRead,
  mentorProbed,
  patchDrafted,
  patchVerified,
  stepTaken,
  runEnded,
]) satisfies z.ZodType<TraceLine>;
