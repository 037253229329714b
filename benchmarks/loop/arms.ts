import type { LanguageModel, ModelText, Prompt } from '../../src/core/languageModel.ts';
import { reason } from '../../src/core/loop/reason.ts';
import type { RunEvent } from '../../src/core/runEvent.ts';
import type { RunSettings } from '../../src/core/runSettings.ts';
import type { Completions } from './completions.ts';
import { requestCompletion } from './completionsServer.ts';
import { CompletionsText } from './completionsText.ts';
import { finalTokens } from './components.ts';
import { MeteredText } from './meteredText.ts';
import { RereadingText } from './rereadingText.ts';

const NEVER_ABORTED = { aborted: false };

/** One run of one arm. */
export interface ArmRun {
  readonly events: readonly RunEvent[];
  readonly text: string;
  readonly wallMs: number;
  readonly finalTokens: number;
  /** Tokens that went through both models. */
  readonly evaluated: number;
  /** Forward passes of both models. */
  readonly passes: number;
}

/** A run of our loop, with the parts of its cost that the aims speak of. */
export interface LoopRun extends ArmRun {
  /**
   * Generator tokens evaluated for its words: neither prompt, drafts nor verification prompts. A probed word that
   * diverges is the beginning of the generator's draft, which is not decoded a second time, and so counts as draft.
   */
  readonly generatorWordTokens: number;
  readonly generatorPrompt: { readonly tokens: number; readonly evaluated: number };
  readonly mentorPrompt: { readonly tokens: number; readonly evaluated: number };
}

/** (a) Our loop: live caches, rolled back. */
export async function runLoop(
  models: { readonly generator: LanguageModel; readonly mentor: LanguageModel },
  prompt: Prompt,
  settings: RunSettings,
): Promise<LoopRun> {
  const generator = new MeteredText(await models.generator.openText(prompt, { signal: NEVER_ABORTED }));
  const mentor = new MeteredText(await models.mentor.openText(prompt, { signal: NEVER_ABORTED }));
  const run = await timeRun(generator, mentor, settings);
  return {
    ...run,
    generatorWordTokens: generator.costOf('nextWord').evaluated - draftedWordTokens(run.events),
    generatorPrompt: { tokens: generator.promptTokens, evaluated: generator.costOf('readPrompt').evaluated },
    mentorPrompt: { tokens: mentor.promptTokens, evaluated: mentor.costOf('readPrompt').evaluated },
  };
}

/** (b) The same loop over texts that are read from their start at each call. */
export async function runNaive(
  models: { readonly generator: LanguageModel; readonly mentor: LanguageModel },
  prompt: Prompt,
  settings: RunSettings,
): Promise<ArmRun> {
  const generator = await RereadingText.open(models.generator, prompt);
  const mentor = await RereadingText.open(models.mentor, prompt);
  return timeRun(generator, mentor, settings);
}

/** One model behind the caching endpoint. */
export interface Endpoint {
  readonly completions: Completions;
  readonly url: string;
}

/** (c) The same loop over a caching completions endpoint, one request a piece, as the published code does. */
export async function runPublished(
  endpoints: { readonly generator: Endpoint; readonly mentor: Endpoint },
  prompts: { readonly generator: string; readonly mentor: string },
  settings: RunSettings,
): Promise<ArmRun & { readonly requests: number }> {
  const generator = await openCompletionsText(endpoints.generator, prompts.generator);
  const mentor = await openCompletionsText(endpoints.mentor, prompts.mentor);
  const run = await timeRun(generator, mentor, settings);
  return { ...run, requests: generator.requests + mentor.requests };
}

/** (d) The generator by itself. */
export async function runPlain(generator: LanguageModel, prompt: Prompt, settings: RunSettings): Promise<ArmRun> {
  const text = await generator.openText(prompt, { signal: NEVER_ABORTED });
  return timeRun(text, null, { ...settings, decision: { policy: 'never' } });
}

/** Tokens of the words at which a draft began. */
function draftedWordTokens(events: readonly RunEvent[]): number {
  return events.reduce(
    (sum, event) => sum + (event.type === 'mentor-probed' && !event.agreed ? event.generatorWord.pieces.length : 0),
    0,
  );
}

async function openCompletionsText(endpoint: Endpoint, promptAsSent: string): Promise<CompletionsText> {
  await endpoint.completions.forget();
  return new CompletionsText({
    promptAsSent,
    complete: (prompt, count) => requestCompletion(endpoint.url, { prompt, count }),
    countTokens: (text) => endpoint.completions.countTokens(text),
  });
}

async function timeRun(generator: ModelText, mentor: ModelText | null, settings: RunSettings): Promise<ArmRun> {
  const startedMs = performance.now();
  const events: RunEvent[] = [];
  const now = (): number => performance.now();
  for await (const event of reason({ generator, mentor, settings, signal: NEVER_ABORTED, now })) events.push(event);
  const wallMs = performance.now() - startedMs;
  const end = events.at(-1);
  if (end?.type !== 'run-ended' || end.failure) throw new Error(`A run failed: ${JSON.stringify(end)}`);
  const taken = events.filter((event) => event.type === 'step-taken' && !event.dropped);
  return {
    events,
    text: taken.map((event) => (event.type === 'step-taken' ? event.text : '')).join(''),
    wallMs,
    finalTokens: finalTokens(events),
    evaluated: end.usage.generator.evaluated + end.usage.mentor.evaluated,
    passes: end.usage.generator.passes + end.usage.mentor.passes,
  };
}
