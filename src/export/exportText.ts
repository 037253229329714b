import { visibleText } from '../core/view/visibleText.ts';
import type { Decision, RunView } from '../core/view/runView.ts';
import { viewRun } from '../core/view/runView.ts';
import { formatScore } from './formatNumbers.ts';
import { describeOutcome, numberFacts, questionOf } from './runFacts.ts';
import type { RunRecord } from './runRecord.ts';

/** A stretch of a run's text; all stretches joined are the text. */
export interface AnnotatedStretch {
  readonly text: string;
  readonly isMentor: boolean;
  /** Number of the note on the divergence that ends here, from 1; null without one. */
  readonly note: number | null;
}

/** Figures that stand above the text; the others are in the other formats. */
const SHOWN_FACTS: ReadonlySet<string> = new Set(['Answer', 'Mentor share', 'Failure']);

/**
 * A run as plain text that can be pasted anywhere: the mentor's words in ⟦brackets⟧, and a numbered note for each
 * divergence. Words that both models agreed on have no note.
 */
export function exportText(record: RunRecord): string {
  const { header, damage } = record;
  const view = viewRun(record.events);
  const { mentor, generator, settings } = header;
  const facts = numberFacts(record).filter(([name]) => SHOWN_FACTS.has(name));
  const notes = divergences(view).map((decision, index) => note(decision, index + 1));
  const parts = [
    `Question: ${questionOf(header).trim()}`,
    [
      `Models: ${generator.model.name} with ${mentor?.model.name ?? 'no mentor'}, ${settings.preset}`,
      ...facts.map(([name, value]) => `${name}: ${value}`),
    ].join('\n'),
    damage && `The trace is damaged at line ${damage.line}; this is what stands before it. ${damage.message}`,
    annotated(annotatedStretches(view)) || '(no text)',
    notes.length > 0 && ['⟦In brackets⟧: the mentor’s words. [1]: see the note.', ...notes].join('\n'),
  ];
  return `${parts.filter((part) => part !== null && part !== false).join('\n\n')}\n`;
}

/** A run's text, cut where authors change and where a divergence has its note. */
export function annotatedStretches(view: RunView): readonly AnnotatedStretch[] {
  const numbers = new Map(divergences(view).map(({ step }, index) => [step, index + 1]));
  const segments = new Map(view.segments.map((segment) => [segment.step, segment]));
  const stretches: AnnotatedStretch[] = [];
  for (const { step } of view.steps) {
    const { text, source } = segments.get(step) ?? { text: '', source: 'generator' };
    const number = numbers.get(step) ?? null;
    if (text === '' && number === null) continue;
    const isMentor = source === 'mentor';
    const last = stretches.at(-1);
    if (last?.note === null && last.isMentor === isMentor) {
      stretches[stretches.length - 1] = { text: last.text + text, isMentor, note: number };
    } else stretches.push({ text, isMentor, note: number });
  }
  return stretches;
}

function divergences({ decisions }: RunView): readonly Decision[] {
  return decisions.filter(({ outcome }) => outcome !== 'agreed');
}

/** Blanks stay outside brackets and before numbers, so that both stand at their words. */
function annotated(stretches: readonly AnnotatedStretch[]): string {
  return stretches
    .map(({ text, isMentor, note: number }) => {
      const [, before = '', inner = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? [];
      const shown = isMentor && inner !== '' ? `⟦${inner}⟧` : inner;
      return `${before}${shown}${number === null ? '' : `[${number}]`}${after}`;
    })
    .join('')
    .trim();
}

function note({ step, outcome, generatorPatch, mentorPatch, score }: Decision, number: number): string {
  const odds = score === null ? '' : `; log-odds for the mentor ${formatScore(score)} nats`;
  const patches = [['Generator', generatorPatch] as const, ['Mentor', mentorPatch] as const].flatMap(
    ([author, patch]) => {
      if (!patch) return [];
      return [`    ${author}: ${visibleText(patch.text)}${patch.endsTurn ? ' (and ends)' : ''}`];
    },
  );
  return [`[${number}] Step ${step}: ${describeOutcome(outcome)}${odds}`, ...patches].join('\n');
}
