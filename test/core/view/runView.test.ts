import assert from 'node:assert/strict';
import type { Usage, Word } from '../../../src/core/languageModel.ts';
import { NO_USAGE } from '../../../src/core/languageModel.ts';
import type { RunEvent, StepTaken } from '../../../src/core/runEvent.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import { whyShareIsZero } from '../../../src/core/view/shareReason.ts';

const word = (text: string): Word => ({
  text,
  pieces: text === '' ? [] : [{ text, logProbability: -0.1, lead: 1, candidates: [] }],
  candidates: [],
  entropy: null,
});
const cost: { generator: Usage; mentor: Usage } = { generator: NO_USAGE, mentor: NO_USAGE };
const taken = (step: number, text: string, rest: Partial<StepTaken> = {}): StepTaken => ({
  type: 'step-taken',
  step,
  source: 'generator',
  text,
  tokens: 1,
  word: word(text),
  dropped: false,
  cost,
  ...rest,
});
const probed = (step: number, mentorText: string, agreed: boolean): RunEvent => ({
  type: 'mentor-probed',
  step,
  reason: { policy: 'always' },
  generatorWord: word(' a'),
  mentorWord: word(mentorText),
  agreed,
});
const drafted = (step: number, by: 'generator' | 'mentor', text: string): RunEvent => ({
  type: 'patch-drafted',
  step,
  by,
  patch: { text, pieces: [], endsTurn: false },
});
const verified = (step: number, winner: 'generator' | 'mentor'): RunEvent => ({
  type: 'patch-verified',
  step,
  winner,
  score: 0.5,
  suffix: 's',
  choice: null,
});

describe('viewRun', () => {
  const events: readonly RunEvent[] = [
    taken(0, 'One'),
    probed(1, ' a', true),
    taken(1, ' a', { source: 'agreed' }),
    probed(2, ' m', false),
    drafted(2, 'generator', ' a x'),
    drafted(2, 'mentor', ' m y'),
    verified(2, 'mentor'),
    taken(2, ' m y', { source: 'mentor', tokens: 2 }),
    probed(3, ' m', false),
    drafted(3, 'generator', ' a'),
    drafted(3, 'mentor', ' m'),
    verified(3, 'generator'),
    taken(3, ' a'),
    taken(4, ' a', { dropped: true }),
  ];

  it('places every kept segment and leaves dropped text out', () => {
    const view = viewRun(events);
    assert.equal(view.text, 'One a m y a');
    assert.deepEqual(
      view.segments.map(({ step, start, source }) => [step, start, source]),
      [
        [0, 0, 'generator'],
        [1, 3, 'agreed'],
        [2, 5, 'mentor'],
        [3, 9, 'generator'],
      ],
    );
    for (const segment of view.segments) {
      assert.equal(view.text.slice(segment.start, segment.start + segment.text.length), segment.text);
    }
  });

  it('joins what was told of a probe into one decision', () => {
    const { decisions } = viewRun(events);
    assert.deepEqual(
      decisions.map(({ step, outcome, generatorPatch, mentorPatch, score }) => [
        step,
        outcome,
        generatorPatch?.text,
        mentorPatch?.text,
        score,
      ]),
      [
        [1, 'agreed', undefined, undefined, null],
        [2, 'tookMentor', ' a x', ' m y', 0.5],
        [3, 'keptGenerator', ' a', ' m', 0.5],
      ],
    );
  });

  it('counts probes, divergences and accepted tokens', () => {
    assert.deepEqual(viewRun(events).counts, {
      steps: 5,
      probes: 3,
      agreed: 1,
      divergences: 2,
      taken: 1,
      acceptedTokens: { generator: 3, mentor: 2 },
      mentorShare: 0.4,
    });
  });

  it('shows no decision for a step that was cut off', () => {
    const view = viewRun(events.slice(0, 6));
    assert.equal(view.decisions.length, 1);
    assert.equal(view.ended, null);
  });
});

describe('whyShareIsZero', () => {
  const why = (events: readonly RunEvent[]): string | null => whyShareIsZero(viewRun(events).counts);

  it('tells each reason, and nothing when the mentor has a share', () => {
    assert.match(why([]) ?? '', /empty/);
    assert.match(why([taken(0, 'a')]) ?? '', /never probed/);
    assert.match(why([probed(0, ' a', true), taken(0, ' a', { source: 'agreed' })]) ?? '', /agreed/);
    assert.match(why([probed(0, ' m', false), verified(0, 'generator'), taken(0, ' a')]) ?? '', /kept/);
    assert.match(
      why([taken(0, 'a'), probed(1, '', false), taken(1, '', { source: 'mentor', tokens: 0 })]) ?? '',
      /empty or dropped/,
    );
    assert.equal(why([probed(0, ' m', false), taken(0, ' m', { source: 'mentor' })]), null);
  });
});
