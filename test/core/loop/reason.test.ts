import assert from 'node:assert/strict';
import type { RunEvent } from '../../../src/core/runEvent.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import type { Case, Script } from './scriptedRun.ts';
import { ended, following, run, start, stepsOf, texts } from './scriptedRun.ts';

describe('reason', () => {
  it('writes word by word without a probe, and ends at the empty word, which counts as a step', async () => {
    const events = await run({
      generator: following('One', ' two', ' thr', 'ee'),
      settings: { decision: { policy: 'never' } },
    });
    assert.deepEqual(texts(events), ['One', ' two', ' three']);
    const end = ended(events);
    assert.equal(end.stop, 'end');
    assert.equal(end.steps, 4);
    assert.deepEqual(end.tokens.generator.accepted, 4);
    assert.equal(end.mentorShare, 0);
  });

  it('asks a verifier of its own instead of the generator, on the same text, and counts it apart', async () => {
    const asked: string[] = [];
    const events = await run({
      generator: following('A', ' b'),
      mentor: following('A', ' c'),
      letter: () => assert.fail('the generator was asked'),
      verifier: (suffix) => {
        asked.push(suffix);
        return 'B';
      },
    });
    assert.deepEqual(texts(events), ['A', ' c']);
    assert.equal(asked.length, 1);
    const end = ended(events);
    assert.ok((end.usage.verifier?.evaluated ?? 0) > 0);
    assert.equal(end.tokens.verifier?.accepted, 0);
    const costs = stepsOf(events).map(({ cost }) => cost.verifier?.decoded);
    assert.deepEqual(costs, [0, 1, 0]);
    const alone = await run({ generator: following('A', ' b'), mentor: following('A', ' c') });
    assert.equal(ended(alone).usage.verifier, undefined);
  });

  it("takes the generator's word as agreed when both say the same, and the generator's patch where they diverge", async () => {
    const events = await run({ generator: following('A', ' b'), mentor: following('A', ' c'), letter: () => 'A' });
    assert.deepEqual(
      viewRun(events).decisions.map(({ outcome }) => outcome),
      ['agreed', 'keptGenerator', 'agreed'],
    );
    assert.deepEqual(
      viewRun(events).segments.map(({ source, text }) => [source, text]),
      [
        ['agreed', 'A'],
        ['generator', ' b'],
      ],
    );
  });

  it('agrees across tokenizers, since only the text counts', async () => {
    const events = await run({ generator: following('Hel', 'lo', ' you'), mentor: following('H', 'ello', ' y', 'ou') });
    assert.deepEqual(
      viewRun(events).decisions.map(({ outcome }) => outcome),
      ['agreed', 'agreed', 'agreed'],
    );
    assert.equal(ended(events).tokens.generator.accepted, 3);
    assert.equal(ended(events).tokens.mentor.accepted, 0);
  });

  it("takes the mentor's patch for B, with and without a leading space, and the generator's for anything else", async () => {
    for (const [said, winner] of [
      ['B', 'mentor'],
      [' B', 'mentor'],
      ['A', 'generator'],
      [' A', 'generator'],
      ['C', 'generator'],
      ['b', 'generator'],
      ['B)', 'generator'],
      ['', 'generator'],
    ] as const) {
      const events = await run({
        generator: following(' no'),
        mentor: following(' yes'),
        letter: () => said,
        settings: { decision: { policy: 'positions', steps: [0] } },
      });
      const [step] = stepsOf(events);
      assert.equal(step?.source, winner, `letter ${JSON.stringify(said)}`);
    }
  });

  it('shows the verifier both patches, drafted from the text before the probed word, in the published sentence', async () => {
    const suffixes: string[] = [];
    await run({
      generator: (text) => (text === 'So' ? [' 5', ' 6'] : following('So')(text)),
      mentor: (text) => (text === 'So' ? [' 7', ' 8', ' 9'] : []),
      letter: (suffix) => {
        suffixes.push(suffix);
        return 'A';
      },
      settings: { decision: { policy: 'positions', steps: [1] }, patchTokens: 2 },
    });
    assert.deepEqual(suffixes, [
      '\nNow I will choose the next sequence that could lead to the correct answer. ' +
        'Option (A):  5 6, Option (B):  7 8. My choice: Option (',
    ]);
  });

  it('appends a patch untrimmed, and begins the next word inside a word where the patch ended there', async () => {
    const events = await run({
      generator: (text) => (text === '' ? ['x'] : text === ' hel' ? ['lo', ' end'] : text === ' hello' ? [' end'] : []),
      mentor: following(' h', 'el', 'lo'),
      letter: () => 'B',
      settings: { decision: { policy: 'positions', steps: [0] }, patchTokens: 2 },
    });
    assert.deepEqual(texts(events), [' hel', 'lo', ' end']);
    assert.equal(ended(events).tokens.mentor.accepted, 2);
  });

  it('keeps the generator where the mentor says nothing, and takes the silence when the verifier does', async () => {
    const silent = { generator: following(' a', ' b'), mentor: () => [], settings: { patchTokens: 1 } } satisfies Case;
    const kept = await run({ ...silent, letter: () => 'A' });
    assert.deepEqual(texts(kept), [' a', ' b']);
    const ends = await run({ ...silent, letter: () => 'B' });
    assert.deepEqual(texts(ends), []);
    assert.equal(ended(ends).stop, 'end');
    assert.equal(ended(ends).mentorStepShare, 1);
  });

  it('lets the mentor carry on a generator that has ended', async () => {
    const events = await run({
      generator: following('Done.'),
      mentor: following('Done.', ' The', ' answer', ' is', ' 4.'),
      settings: { verification: 'alwaysMentor', patchTokens: 4 },
    });
    assert.deepEqual(texts(events), ['Done.', ' The answer is 4.']);
    assert.equal(ended(events).answer, '4');
    assert.equal(ended(events).stop, 'end');
  });

  it('stops at three equal texts, the third dropped', async () => {
    const events = await run({ generator: () => [' no'], settings: { decision: { policy: 'never' } } });
    assert.deepEqual(texts(events), [' no', ' no']);
    assert.equal(ended(events).stop, 'repeat');
    assert.equal(ended(events).steps, 3);
    assert.equal(ended(events).tokens.generator.accepted, 2);
    assert.deepEqual(
      stepsOf(events).map(({ dropped }) => dropped),
      [false, false, true],
    );
  });

  it('stops at a stop string across word borders, which stays in the text', async () => {
    const events = await run({
      generator: following('Yes.', '\n', '\nprob', 'lem:', ' next'),
      settings: { decision: { policy: 'never' } },
    });
    assert.equal(viewRun(events).text, 'Yes.\n\nproblem:');
    assert.equal(ended(events).stop, 'stopString');
  });

  it('begins no step at the token limit, and overshoots it by a patch at most', async () => {
    const endless: Script = (text) => [` ${text.length}`, ' x', ' y', ' z'];
    const events = await run({
      generator: endless,
      mentor: () => [' m', ' n', ' o'],
      settings: {
        maxTokens: 2,
        patchTokens: 3,
        decision: { policy: 'positions', steps: [1] },
        verification: 'alwaysMentor',
      },
    });
    assert.equal(viewRun(events).text, ' 0 m n o');
    assert.equal(ended(events).stop, 'maxTokens');
    assert.equal(ended(events).steps, 2);
  });

  it('reports both shares, counting tokens and steps apart', async () => {
    const events = await run({
      generator: following(' a', ' b', ' c', ' d'),
      mentor: (text) => (text === ' a' ? [' b', ' c', ' X'] : []),
      settings: { decision: { policy: 'positions', steps: [1] }, verification: 'alwaysMentor', patchTokens: 2 },
    });
    // Step 1 agrees on " b"; no patch is drafted.
    assert.equal(ended(events).mentorShare, 0);
    const diverging = await run({
      generator: following(' a', ' B', ' c'),
      mentor: (text) => (text === ' a' ? [' b', ' c', ' X'] : []),
      settings: { decision: { policy: 'positions', steps: [1] }, verification: 'alwaysMentor', patchTokens: 3 },
    });
    assert.deepEqual(texts(diverging), [' a', ' b c X']);
    assert.equal(ended(diverging).mentorShare, 3 / 4);
    assert.equal(ended(diverging).mentorStepShare, 1 / 3);
  });

  it('reads each prompt once, the mentor only when it is first probed', async () => {
    const given = { generator: following(' a', ' b'), mentor: following(' a', ' b') };
    const never = await run({ ...given, settings: { decision: { policy: 'never' } } });
    assert.deepEqual(
      never.filter((event) => event.type === 'prompt-read').map(({ by }) => by),
      ['generator'],
    );
    const always = await run(given);
    assert.deepEqual(
      always.filter((event) => event.type === 'prompt-read').map(({ by }) => by),
      ['generator', 'mentor'],
    );
  });

  it('ends as cancelled with everything written when it is stopped', async () => {
    const signal = { aborted: false };
    const seen: RunEvent[] = [];
    for await (const event of start({
      generator: (text) => [` ${text.length}`],
      settings: { decision: { policy: 'never' } },
      signal,
    })) {
      seen.push(event);
      if (stepsOf(seen).length === 2) signal.aborted = true;
    }
    assert.equal(ended(seen).stop, 'cancelled');
    assert.equal(ended(seen).failure, null);
    assert.deepEqual(texts(seen), [' 0', ' 2']);
  });

  it('ends as failed with the text so far when a model throws', async () => {
    const events = await run({
      generator: (text) => {
        if (text === ' a') throw new Error('the model broke');
        return [' a'];
      },
      settings: { decision: { policy: 'never' } },
    });
    assert.deepEqual(texts(events), [' a']);
    assert.deepEqual(ended(events).failure, { code: 'internal', message: 'the model broke' });
  });

  it('fails with advice when a probe is due and there is no mentor', async () => {
    const events = await run({ generator: following(' a') });
    assert.equal(ended(events).failure?.code, 'bad-input');
  });

  it('repeats exactly for a seed and differs for another', async () => {
    const words = Array.from({ length: 60 }, (_, index) => ` w${index}`);
    const given = { generator: following(...words), mentor: following(...words) };
    const probed = async (seed: number): Promise<number[]> =>
      viewRun(
        await run({ ...given, settings: { seed, decision: { policy: 'random', probability: 0.3 } } }),
      ).decisions.map(({ step }) => step);
    assert.deepEqual(await probed(5), await probed(5));
    assert.notDeepEqual(await probed(5), await probed(6));
  });
});
