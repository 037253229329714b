import assert from 'node:assert/strict';
import type { RunEvent } from '../../../src/core/runEvent.ts';
import type { RunSettings } from '../../../src/core/runSettings.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import type { Case } from './scriptedRun.ts';
import { ended, following, run, texts } from './scriptedRun.ts';

const SETTINGS: Partial<RunSettings> = {
  decision: { policy: 'stepStart', threshold: 0 },
  verification: 'score',
  patchLength: 'sentence',
  patchTokens: 64,
};
const OWN = following('It', ' is', ' 4', '.', ' So', ' 4', '.');
/** Corrects the first sentence, and would go on otherwise behind it. */
const MENTORS = following('It', ' is', ' 5', '.', ' Thus', ' 5', '.');
/** The generator goes on behind the mentor's sentence as behind its own. */
const generator: Case['generator'] = (text) => OWN(text.replace('5', '4'));

const told = (events: readonly RunEvent[], step: number): readonly string[] =>
  events.flatMap((event) => {
    if (!('step' in event) || event.step !== step) return [];
    return event.type === 'patch-drafted' ? [`${event.by} ${event.patch.text}`] : [event.type];
  });

describe('a run whose mentor scores sentences', () => {
  it('lets the mentor write only what it has rejected, and probes at every sentence', async () => {
    const score = (suffix: string): string => (suffix.startsWith('It is 4.') ? '2' : '9');
    const events = await run({ generator, mentor: MENTORS, score, settings: SETTINGS });
    assert.deepEqual(texts(events), ['It is 5.', ' So 4.']);
    assert.deepEqual(told(events, 0), [
      'mentor-probed',
      'generator It is 4.',
      'patch-verified',
      'mentor It is 5.',
      'step-taken',
    ]);
    assert.deepEqual(told(events, 1), ['mentor-probed', 'generator  So 4.', 'patch-verified', 'step-taken']);
    const { accepted } = ended(events).tokens.mentor;
    assert.equal(accepted, 4);
  });

  it('asks the mentor for one token where a sentence is kept, and for no word', async () => {
    const events = await run({ generator, mentor: MENTORS, score: () => '7', settings: SETTINGS });
    assert.deepEqual(texts(events), ['It is 4.', ' So 4.']);
    // One for its prompt's first read, and a score for each of two sentences.
    assert.equal(ended(events).tokens.mentor.decoded, 3);
    const { decisions, counts } = viewRun(events);
    assert.deepEqual(
      decisions.map(({ mentorWord, mentorPatch, outcome }) => [mentorWord, mentorPatch, outcome]),
      [
        [null, null, 'keptGenerator'],
        [null, null, 'keptGenerator'],
      ],
    );
    assert.deepEqual([counts.probes, counts.taken, counts.mentorShare], [2, 0, 0]);
  });

  it('keeps words that both would begin with from settling a step', async () => {
    const events = await run({ generator, mentor: generator, score: () => '0', settings: SETTINGS });
    assert.deepEqual(
      viewRun(events).steps.map(({ source }) => source),
      ['mentor', 'mentor', 'generator'],
    );
  });

  it('has the score from a verifier of its own where there is one', async () => {
    const mentored: Case = { generator, mentor: MENTORS, score: () => '0', verifier: () => '9', settings: SETTINGS };
    const events = await run(mentored);
    assert.deepEqual(texts(events), ['It is 4.', ' So 4.']);
    assert.equal(ended(events).tokens.verifier?.decoded, 2);
  });

  it('reads no words ahead, which a score has no use for', async () => {
    const plain = await run({ generator, mentor: MENTORS, score: () => '3', settings: SETTINGS });
    const ahead = await run({
      generator,
      mentor: MENTORS,
      score: () => '3',
      settings: { ...SETTINGS, readAhead: true },
    });
    assert.deepEqual(ended(ahead).tokens, ended(plain).tokens);
  });

  it('writes patches of the other lengths as well', async () => {
    const lengths = [{ patchLength: 'word' }, { patchLength: 'tokens', patchTokens: 2 }] as const;
    const firsts = await Promise.all(
      lengths.map(async (length) => {
        const settings = { ...SETTINGS, ...length };
        return texts(await run({ generator, mentor: MENTORS, score: () => '1', settings }))[0];
      }),
    );
    assert.deepEqual(firsts, ['It', 'It is']);
  });
});
