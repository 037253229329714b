import assert from 'node:assert/strict';
import { coin } from '../../../src/core/verification/coin.ts';
import { ended, following, run, texts } from './scriptedRun.ts';

describe('the policies in the loop', () => {
  it('chooses between patches by the coin of its seed where the policy says so', async () => {
    const flip = coin(3);
    const events = await run({
      // Another word at every step, whoever wrote those before.
      generator: (text) => [` g${text.length}`],
      mentor: (text) => [` m${text.length}`],
      settings: { decision: { policy: 'always' }, verification: 'coin', patchTokens: 1, seed: 3, maxTokens: 8 },
    });
    const winners = events.flatMap((event) => (event.type === 'patch-verified' ? [event.winner] : []));
    assert.ok(winners.length >= 6);
    assert.deepEqual(
      winners,
      winners.map((_, step) => flip(step)),
    );
    assert.ok(winners.includes('mentor') && winners.includes('generator'));
  });

  it('drafts nothing where the probed word is the patch: each model has decoded it already', async () => {
    const settings = { decision: { policy: 'always' }, verification: 'alwaysMentor', patchLength: 'word' } as const;
    const events = await run({ generator: following(' a', ' b'), mentor: following(' m', ' n'), settings });
    assert.deepEqual(texts(events), [' m', ' n']);
    const drafted = events.flatMap((event) => (event.type === 'patch-drafted' ? [event.patch.text] : []));
    assert.deepEqual(drafted, [' a', ' m', '', ' n']);
    const { tokens } = ended(events);
    assert.equal(tokens.mentor.accepted, 2);
    // Two words, what ended each of them, and the end of the turn: no draft.
    assert.ok(tokens.mentor.decoded <= 5, String(tokens.mentor.decoded));
  });
});
