import type { Prompt } from '../../src/core/languageModel.ts';
import { reason } from '../../src/core/loop/reason.ts';
import { resolveRunSettings } from '../../src/core/resolveRunSettings.ts';
import type { RunSettingsInput } from '../../src/core/resolveRunSettings.ts';
import type { RunEvent } from '../../src/core/runEvent.ts';
import type { RunHeader } from '../../src/core/runHeader.ts';
import { TRACE_FORMAT_VERSION } from '../../src/core/runHeader.ts';
import type { TraceLine } from '../../src/protocol/trace.ts';
import { ScriptedModel } from './models/scriptedModel.ts';

export interface ScriptedTraceOptions {
  /** Words of the generator alone, the spaces before them included; an empty list ends at once. */
  readonly generator?: readonly string[];
  /** Words of the mentor, at the same places. */
  readonly mentor?: readonly string[];
  /** The letter the generator says; default `B`. */
  readonly letter?: string;
  /** What the mentor says where it is asked for a score. */
  readonly score?: (suffix: string) => string;
  /** Context of both models in tokens. */
  readonly contextSize?: number;
  readonly settings?: RunSettingsInput;
  readonly question?: string;
  readonly signal?: { readonly aborted: boolean };
}

export interface ScriptedTrace {
  readonly header: RunHeader;
  readonly events: readonly RunEvent[];
  /** The header and the events. */
  readonly lines: readonly TraceLine[];
}

const GENERATOR = ['The', ' sum', ' is', ' 4', '.', ' The', ' answer', ' is', ' 4', '.'];
const MENTOR = ['The', ' sum', ' is', ' 5', '.', ' The', ' answer', ' is', ' 5', '.'];

/**
 * The trace of a real run of the loop over two scripted models. By default every word is probed, the models diverge at
 * the number, and the mentor's patch of four tokens is taken.
 */
export async function scriptedTrace(options: ScriptedTraceOptions = {}): Promise<ScriptedTrace> {
  const prompt: Prompt = { form: 'chat', question: options.question ?? 'What is 2 + 3?' };
  const models = {
    generator: wordByWord('small', options.generator ?? GENERATOR, options),
    mentor: wordByWord('large', options.mentor ?? MENTOR, options),
  };
  const signal = options.signal ?? { aborted: false };
  const generator = await models.generator.openText(prompt, { signal });
  const mentor = await models.mentor.openText(prompt, { signal });
  const settings = resolveRunSettings(
    { preset: 'paper-free', decision: 'always', patchTokens: 4, ...options.settings },
    String,
  );
  const header: RunHeader = {
    type: 'run-started',
    formatVersion: TRACE_FORMAT_VERSION,
    runId: 'run-1',
    startedAt: '2026-01-02T03:04:05.678Z',
    prompt,
    generator: { model: models.generator.facts, promptAsSent: generator.promptAsSent },
    mentor: { model: models.mentor.facts, promptAsSent: mentor.promptAsSent },
    settings,
    threads: 2,
    verifier: null,
    verifierFile: null,
    branch: null,
  };
  const events: RunEvent[] = [];
  let now = 0;
  for await (const event of reason({ generator, mentor, settings, signal, now: () => (now += 10) })) events.push(event);
  return { header, events, lines: [header, ...events] };
}

/** Goes on with its own words: behind those that are its own, else from the word at which the text stands. */
function wordByWord(name: string, words: readonly string[], options: ScriptedTraceOptions): ScriptedModel {
  const { letter = 'B', score, contextSize } = options;
  return new ScriptedModel({
    continuation: (text) => {
      const own = words.findIndex((_, index) => words.slice(0, index).join('') === text);
      return own >= 0 ? words.slice(own) : words.slice(text.match(/\.|[ \n]*[^ \n.]+/g)?.length ?? 0);
    },
    letter: (suffix) => score?.(suffix) ?? letter,
    tokenize: (text) => text.match(/\.|[ \n]*[^ \n.]+|\s+$/g) ?? [],
    facts: { name },
    ...(contextSize !== undefined && { contextSize }),
  });
}
