import fc from 'fast-check';
import type { Branch } from '../../src/core/branch/branch.ts';
import { branchSettings } from '../../src/core/branch/branch.ts';
import { openBranch } from '../../src/core/branch/openBranch.ts';
import { reason } from '../../src/core/loop/reason.ts';
import type { RunEvent } from '../../src/core/runEvent.ts';
import type { RunHeader } from '../../src/core/runHeader.ts';
import { TRACE_FORMAT_VERSION } from '../../src/core/runHeader.ts';
import type { RunSettings } from '../../src/core/runSettings.ts';
import { presetSettings } from '../../src/core/runSettings.ts';
import { viewRun } from '../../src/core/view/runView.ts';
import { eventsOf } from '../../src/protocol/eventsOf.ts';
import type { TraceLine } from '../../src/protocol/trace.ts';
import { ScriptedModel } from './models/scriptedModel.ts';

/** What a generated run is made of. */
export interface GeneratedRun {
  readonly question: string;
  /** Pieces that the models write, over and over from where the text's length points. */
  readonly generator: readonly string[];
  readonly mentor: readonly string[];
  readonly letter: string;
  readonly settings: RunSettings;
  /** Where, as a share of the parent's steps, and how a branch of the run differs; null for a run of its own. */
  readonly branch: { readonly place: number; readonly change: Branch['change'] } | null;
}

/** Text of any kind: words, blanks, line ends of all sorts, signs of every plane, halves of them, JSON and HTML. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(' ', '\n', '\r\n', '\u2028', '\u0000', '\ud83d', '\ufeff', '"}\n{"', '<b>&amp;', '$x^2$', '**'),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

const piece = fc.tuple(fc.constantFrom(' ', ' ', '\n', ''), anyText).map((parts) => parts.join(''));
const pieces = fc.oneof(
  fc.array(piece, { maxLength: 12 }),
  // Three equal texts end a run.
  piece.map((text) => [text, text, text, text]),
);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const settings: fc.Arbitrary<RunSettings> = fc
  .record({
    preset: fc.constantFrom('paper-free', 'always-mentor', 'always-generator'),
    decision: fc.oneof(
      share.map((probability) => ({ policy: 'random' as const, probability })),
      fc.array(fc.nat(12)).map((steps) => ({ policy: 'positions' as const, steps })),
      fc.constantFrom({ policy: 'always' as const }, { policy: 'never' as const }),
    ),
    patchTokens: fc.integer({ min: 1, max: 5 }),
    maxTokens: fc.integer({ min: 1, max: 24 }),
    seed: fc.maxSafeInteger(),
  })
  .map(({ preset, ...rest }) => ({ ...presetSettings(preset), ...rest }));

/** Runs of the loop over two models that write anything. */
export const generatedRun: fc.Arbitrary<GeneratedRun> = fc.record({
  question: anyText,
  generator: pieces,
  mentor: pieces,
  letter: fc.constantFrom('A', 'B', ' B', 'C', ''),
  settings,
  branch: fc.option(
    fc.record({
      place: share,
      change: fc.constantFrom<Branch['change'][]>(
        { type: 'without-mentor' },
        { type: 'with-mentor' },
        { type: 'other-patch' },
        { type: 'candidate', by: 'mentor', text: ' else\n' },
      ),
    }),
  ),
});

/** The trace of such a run, or of its branch. */
export async function traceOf(run: GeneratedRun): Promise<readonly TraceLine[]> {
  const parent = await traceWith(run, null, []);
  if (!run.branch) return parent;
  const events = eventsOf(parent);
  const { change, place } = run.branch;
  const divergences = viewRun(events).decisions.filter(({ outcome }) => outcome !== 'agreed');
  const steps = change.type === 'other-patch' ? divergences : viewRun(events).steps;
  const chosen = steps[Math.min(Math.floor(place * steps.length), steps.length - 1)];
  if (!chosen) return parent;
  const branch: Branch = { parentRunId: 'parent', step: chosen.step, change };
  return traceWith(
    { ...run, settings: branchSettings(run.settings, branch.change) },
    branch,
    openBranch(events, branch),
  );
}

async function traceWith(run: GeneratedRun, branch: Branch | null, opening: readonly RunEvent[]): Promise<TraceLine[]> {
  const prompt = { form: 'chat', question: run.question } as const;
  const signal = { aborted: false };
  const models = { generator: writer(run.generator, run.letter), mentor: writer(run.mentor, run.letter) };
  const texts = {
    generator: await models.generator.openText(prompt, { signal }),
    mentor: await models.mentor.openText(prompt, { signal }),
  };
  const header: RunHeader = {
    type: 'run-started',
    formatVersion: TRACE_FORMAT_VERSION,
    runId: 'generated',
    startedAt: '2026-01-02T03:04:05.678Z',
    prompt,
    generator: { model: models.generator.facts, promptAsSent: texts.generator.promptAsSent },
    mentor: { model: models.mentor.facts, promptAsSent: texts.mentor.promptAsSent },
    verifier: null,
    verifierFile: null,
    settings: run.settings,
    threads: null,
    branch,
  };
  const lines: TraceLine[] = [header];
  let now = 0;
  const input = { ...texts, settings: run.settings, signal, now: () => (now += 7), opening };
  for await (const event of reason(input)) lines.push(event);
  return lines;
}

function writer(own: readonly string[], letter: string): ScriptedModel {
  return new ScriptedModel({
    continuation: (text) => own.slice(own.length === 0 ? 0 : text.length % (own.length + 1)),
    letter: () => letter,
    tokenize: (text) => text.match(/[^]{1,3}/g) ?? [],
    contextSize: 1_000_000,
  });
}
