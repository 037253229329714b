import assert from 'node:assert/strict';
import type { ModelText } from '../../../src/core/languageModel.ts';
import { reason } from '../../../src/core/loop/reason.ts';
import type { RunEvent, StepTaken } from '../../../src/core/runEvent.ts';
import type { RunSettings } from '../../../src/core/runSettings.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

/** What a scripted model writes from a text on, as its greedy pieces; empty at the end of its turn. */
export type Script = (text: string) => readonly string[];

/** Writes `whole` piece by piece as long as the text follows it, and ends elsewhere. */
export const following =
  (...pieces: readonly string[]): Script =>
  (text) => {
    let written = '';
    for (const [index, piece] of pieces.entries()) {
      if (written === text) return pieces.slice(index);
      written += piece;
    }
    return [];
  };

export interface Case {
  readonly generator: Script;
  readonly mentor?: Script;
  readonly letter?: (suffix: string) => string;
  /** What the mentor answers where it is asked for a score. */
  readonly score?: (suffix: string) => string;
  /** What a verifier of its own answers; without it the generator verifies. */
  readonly verifier?: (suffix: string) => string;
  readonly settings?: Partial<RunSettings>;
  readonly signal?: { aborted: boolean };
}

async function open(script: Script, letter?: (suffix: string) => string): Promise<ModelText> {
  const model = new ScriptedModel({ continuation: script, ...(letter ? { letter } : {}) });
  return model.openText({ form: 'chat', question: 'Q' }, { signal: { aborted: false } });
}

export async function* start(given: Case): AsyncGenerator<RunEvent> {
  let clock = 0;
  yield* reason({
    generator: await open(given.generator, given.letter),
    mentor: given.mentor ? await open(given.mentor, given.score) : null,
    verifier: given.verifier ? await open(() => [], given.verifier) : null,
    settings: { ...presetSettings('paper-free'), seed: 1, decision: { policy: 'always' }, ...given.settings },
    signal: given.signal ?? { aborted: false },
    now: () => clock++,
  });
}

export async function run(given: Case): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of start(given)) events.push(event);
  return events;
}

/** The texts that make up the solution, in order. */
export const texts = (events: readonly RunEvent[]): string[] => viewRun(events).segments.map(({ text }) => text);
/** How a run has ended. */
export const ended = (events: readonly RunEvent[]) => viewRun(events).ended ?? assert.fail('no run-ended');
export const stepsOf = (events: readonly RunEvent[]): StepTaken[] =>
  events.filter((event) => event.type === 'step-taken');
