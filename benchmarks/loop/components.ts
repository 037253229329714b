import type { LanguageModel, ModelText, Prompt } from '../../src/core/languageModel.ts';
import type { RunEvent } from '../../src/core/runEvent.ts';
import type { RunSettings } from '../../src/core/runSettings.ts';
import { verificationSuffix } from '../../src/core/verification/letter.ts';

/** What the parts of a run cost when each is done alone, in milliseconds in its model. */
export interface ComponentTimes {
  /** The generator writing a text of the same length by itself, its prompt included. */
  readonly plainMs: number;
  /** The generator's drafts and verifications. */
  readonly draftsMs: number;
  /** The mentor reading prompt, text and probed words, and its drafts. */
  readonly mentorMs: number;
}

const NEVER_ABORTED = { aborted: false };

/** What a finished run did, to be done again part by part. */
export interface Recorded {
  readonly prompt: Prompt;
  readonly settings: RunSettings;
  readonly events: readonly RunEvent[];
}

/** Does each part of a recorded run alone, from an empty cache. */
export async function measureComponents(
  generator: LanguageModel,
  mentor: LanguageModel,
  run: Recorded,
): Promise<ComponentTimes> {
  return {
    plainMs: await measurePlain(generator, run),
    draftsMs: await measureGenerator(generator, run),
    mentorMs: await measureMentor(mentor, run),
  };
}

/** Decodes as many tokens as the run's final text has; a draft goes on greedily without any word rule. */
async function measurePlain(generator: LanguageModel, run: Recorded): Promise<number> {
  const text = await generator.openText(run.prompt, { signal: NEVER_ABORTED });
  await text.readPrompt();
  const tokens = finalTokens(run.events);
  if (tokens > 0) await text.draft(tokens);
  return text.usage().timeMs;
}

/** Only the drafts and verifications count; reading up to them is the plain part's. */
async function measureGenerator(generator: LanguageModel, run: Recorded): Promise<number> {
  const text = await generator.openText(run.prompt, { signal: NEVER_ABORTED });
  let spentMs = 0;
  await replay(run, text, async (divergence) => {
    await text.nextWord({ entropy: false });
    const beforeMs = text.usage().timeMs;
    await text.draft(run.settings.patchTokens);
    await text.compareLetters(verificationSuffix(divergence), ['A', 'B']);
    spentMs += text.usage().timeMs - beforeMs;
  });
  return spentMs;
}

async function measureMentor(mentor: LanguageModel, run: Recorded): Promise<number> {
  const text = await mentor.openText(run.prompt, { signal: NEVER_ABORTED });
  await replay(
    run,
    text,
    async () => {
      await text.draft(run.settings.patchTokens);
    },
    async () => {
      await text.nextWord({ entropy: true });
    },
  );
  return text.usage().timeMs;
}

/** Goes through a run on one text, stopping at every probe and every divergence. */
async function replay(
  { events }: Recorded,
  text: ModelText,
  atDivergence: (patches: { generator: string; mentor: string }) => Promise<void>,
  atProbe: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const patches = { generator: '', mentor: '' };
  for (const event of events) {
    if (event.type === 'mentor-probed') await atProbe();
    if (event.type === 'patch-drafted') patches[event.by] = event.patch.text;
    if (event.type === 'patch-verified') await atDivergence(patches);
    if (event.type === 'step-taken' && !event.dropped) text.append(event.text);
  }
}

/** Tokens of the final text, each counted by its author. */
export function finalTokens(events: readonly RunEvent[]): number {
  return events.reduce((sum, event) => sum + (event.type === 'step-taken' && !event.dropped ? event.tokens : 0), 0);
}
