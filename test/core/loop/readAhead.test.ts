import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DecisionSettings } from '../../../src/core/decision/decisionPolicy.ts';
import type { ModelText, Piece } from '../../../src/core/languageModel.ts';
import { reason } from '../../../src/core/loop/reason.ts';
import type { RunEvent } from '../../../src/core/runEvent.ts';
import type { RunSettings } from '../../../src/core/runSettings.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

const PIECES = [' a', ' bc', 'd', '. ', '\n', ' one', ' two.', ' e', '', ' f'];

/** A model whose next pieces depend on the text's length and end alone, and who is unsure of some of them. */
function writer(seed: number, mistakes: number): ScriptedModel {
  const pieceAt = (length: number): Piece => {
    const isOwn = (length * 7 + seed) % 11 < mistakes;
    const text = PIECES[(length * 5 + (isOwn ? seed : 0)) % PIECES.length] ?? '';
    const logProbability = Math.log(0.4 + ((length * 3 + (isOwn ? seed : 1)) % 6) / 10);
    return { text, logProbability, lead: 1, candidates: [{ text, logProbability }] };
  };
  return new ScriptedModel({
    continuation: (text) => {
      const pieces: Piece[] = [];
      let { length } = text;
      while (pieces.length < 20) {
        const piece = pieceAt(length);
        if (piece.text === '') break;
        pieces.push(piece);
        length += piece.text.length;
      }
      return pieces;
    },
    letter: (suffix) => (suffix.length % 2 === 0 ? 'A' : 'B'),
  });
}

interface Given {
  readonly generator: number;
  readonly mentor: number;
  readonly mistakes: number;
  readonly settings: RunSettings;
}

const decision: fc.Arbitrary<DecisionSettings> = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map((probability) => ({ policy: 'random' as const, probability })),
  fc.constantFrom<DecisionSettings[]>(
    { policy: 'always' },
    { policy: 'confidence', threshold: 0.7 },
    { policy: 'entropy', threshold: 0.3 },
    { policy: 'margin', threshold: 0.6 },
    { policy: 'budget', share: 0.25 },
    { policy: 'stepStart', threshold: 0.1 },
    { policy: 'surprise', threshold: 1 },
    { policy: 'positions', steps: [1, 2, 5, 9] },
  ),
);

const given: fc.Arbitrary<Given> = fc.record({
  generator: fc.nat(30),
  mentor: fc.nat(30),
  mistakes: fc.nat(11),
  settings: fc
    .record({
      decision,
      verification: fc.constantFrom('letter', 'confidence', 'likelihood', 'alwaysMentor', 'coin'),
      patchLength: fc.constantFrom('tokens', 'word', 'sentence'),
      patchTokens: fc.integer({ min: 1, max: 8 }),
      earlyRejoin: fc.boolean(),
      maxTokens: fc.integer({ min: 1, max: 60 }),
      seed: fc.nat(99),
    })
    .map((settings) => ({ ...presetSettings('paper-free'), stopStrings: ['two. e'], ...settings })),
});

interface Outcome {
  readonly events: readonly RunEvent[];
  readonly mentor: ModelText;
}

async function outcome({ generator, mentor, mistakes, settings }: Given, readAhead: boolean): Promise<Outcome> {
  const prompt = { form: 'chat', question: 'Q' } as const;
  const signal = { aborted: false };
  const own = await writer(generator, mistakes).openText(prompt, { signal });
  const other = await writer(mentor, mistakes).openText(prompt, { signal });
  const events: RunEvent[] = [];
  const all = reason({
    ...{ generator: own, mentor: other, signal },
    settings: { ...settings, readAhead },
    now: () => 0,
  });
  for await (const event of all) events.push(event);
  return { events, mentor: other };
}

/** What a run said and decided, without what it cost. */
function decided(events: readonly RunEvent[]): readonly unknown[] {
  return events.map((event) => {
    if (event.type === 'run-ended') return { ...event, tokens: null, usage: null };
    return 'cost' in event ? { ...event, cost: null } : event;
  });
}

describe('writing ahead of probes', () => {
  it('changes neither text nor decisions, whatever the policies and wherever the run ends', async () => {
    const seen = { steps: 0, agreed: 0, diverged: 0 };
    await fc.assert(
      fc.asyncProperty(given, async (one) => {
        const [plain, ahead] = [await outcome(one, false), await outcome(one, true)];
        assert.deepEqual(decided(ahead.events), decided(plain.events));
        for (const event of plain.events) {
          if (event.type === 'step-taken') seen.steps += 1;
          if (event.type === 'mentor-probed') seen[event.agreed ? 'agreed' : 'diverged'] += 1;
        }
      }),
      { numRuns: 600 },
    );
    assert.ok(seen.agreed > 200 && seen.diverged > 200 && seen.steps > 2 * seen.agreed, JSON.stringify(seen));
  });

  it('reads words of a mentor that agrees in few passes', async () => {
    const counting = (): ScriptedModel => new ScriptedModel({ continuation: (text) => [` w${text.length}`, ' next'] });
    const prompt = { form: 'chat', question: 'Q' } as const;
    const signal = { aborted: false };
    const generator = await counting().openText(prompt, { signal });
    const mentor = await counting().openText(prompt, { signal });
    const settings: RunSettings = {
      ...{ ...presetSettings('paper-free'), seed: 1, stopStrings: [] },
      ...{ decision: { policy: 'always' }, maxTokens: 60, readAhead: true },
    };
    let steps = 0;
    for await (const event of reason({ generator, mentor, settings, signal, now: () => 0 })) {
      if (event.type === 'step-taken') steps += 1;
    }
    assert.ok(steps > 20, String(steps));
    const { readAheads } = mentor as ModelText & { readonly readAheads: readonly string[][] };
    // Words that are known already are told again, which costs a real model nothing.
    const stretches = readAheads.filter((words, index) => words.length > (readAheads[index - 1]?.length ?? 0));
    assert.ok(stretches.length * 6 <= steps, `${stretches.length} for ${steps}`);
  });
});
