import assert from 'node:assert/strict';
import type { ModelText, Patch, TextScore, Word } from '../../../src/core/languageModel.ts';
import { DraftPace } from '../../../src/core/loop/draftPace.ts';
import { Drafts } from '../../../src/core/loop/drafts.ts';
import { rejoinEarly } from '../../../src/core/loop/earlyRejoin.ts';
import { ForwardingText } from '../../support/models/forwardingText.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

const WORD: Word = { text: ' a', pieces: [], candidates: [], entropy: null };
const WORDS = { generator: WORD, mentor: WORD };
const SETTINGS = { patchLength: 'tokens', patchTokens: 4, earlyRejoin: false } as const;

const open = (...pieces: readonly string[]): Promise<ModelText> =>
  new ScriptedModel({ continuation: () => pieces }).openText(
    { form: 'chat', question: 'Q' },
    { signal: { aborted: false } },
  );

/** A pace at which every way has taken so long for a token. */
function paceOf(inTurnMs: number, atOnceMs: number): DraftPace {
  const pace = new DraftPace();
  for (let trial = 0; trial < 6; trial++) pace.note(pace.atOnce, (pace.atOnce ? atOnceMs : inTurnMs) * 10, 10);
  return pace;
}

describe('the pace of two drafts', () => {
  it('tries both ways in turn, one after the other first', () => {
    const pace = new DraftPace();
    const tried: boolean[] = [];
    for (let trial = 0; trial < 6; trial++) {
      tried.push(pace.atOnce);
      pace.note(pace.atOnce, 10, 10);
    }
    assert.deepEqual(tried, [false, true, false, true, false, true]);
  });

  it('keeps the faster way, and one after the other where there is nothing in it', () => {
    assert.equal(paceOf(10, 6).atOnce, true);
    assert.equal(paceOf(10, 9.8).atOnce, false);
    assert.equal(paceOf(10, 12).atOnce, false);
  });

  it('does not try again what was far slower: threads may outnumber the cores', () => {
    const pace = new DraftPace();
    pace.note(false, 100, 10);
    pace.note(true, 2_000, 10);
    assert.equal(pace.atOnce, false);
    pace.note(false, 100, 10);
    pace.note(false, 100, 10);
    assert.equal(pace.atOnce, false);
  });

  it('learns nothing from drafts of no tokens', () => {
    const pace = new DraftPace();
    pace.note(false, 100, 0);
    assert.equal(pace.atOnce, false, 'still the first trial');
  });
});

describe('drafting two patches', () => {
  /** Notes when its draft begins and ends. */
  class Logged extends ForwardingText {
    readonly #name: string;
    readonly #log: string[];

    constructor(inner: ModelText, name: string, log: string[]) {
      super(inner);
      this.#name = name;
      this.#log = log;
    }

    override async draft(tokens: number): Promise<Patch> {
      this.#log.push(`${this.#name} begins`);
      // Gives way, as a model at work does.
      await Promise.resolve();
      await Promise.resolve();
      this.#log.push(`${this.#name} ends`);
      return super.draft(tokens);
    }
  }

  async function order(pace: DraftPace): Promise<readonly string[]> {
    const log: string[] = [];
    const models = {
      generator: new Logged(await open(' one'), 'generator', log),
      mentor: new Logged(await open(' two'), 'mentor', log),
    };
    const drafts = await new Drafts(SETTINGS, pace, () => 0).write(models, WORDS);
    assert.deepEqual([drafts.generator.text, drafts.mentor.text], [' one', ' two']);
    return log;
  }

  it('happens one after the other, or at the same time where that is faster', async () => {
    assert.deepEqual(await order(paceOf(1, 2)), ['generator begins', 'generator ends', 'mentor begins', 'mentor ends']);
    assert.deepEqual((await order(paceOf(2, 1))).slice(0, 2), ['generator begins', 'mentor begins']);
  });

  it('has ended in both models when one of them fails', async () => {
    let isDone = false;
    class Failing extends ForwardingText {
      override draft(): Promise<Patch> {
        return Promise.reject(new Error('broken'));
      }
    }
    class Slow extends ForwardingText {
      override async draft(tokens: number): Promise<Patch> {
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        isDone = true;
        return super.draft(tokens);
      }
    }
    const models = { generator: new Failing(await open(' one')), mentor: new Slow(await open(' two')) };
    await assert.rejects(new Drafts(SETTINGS, paceOf(2, 1), () => 0).write(models, WORDS), /broken/);
    assert.ok(isDone);
  });
});

describe('early rejoin', () => {
  const PIECES = [' the', ' nine', ' apples', ' are', ' left', ' over', '.'];
  const patch: Patch = {
    text: PIECES.join(''),
    pieces: PIECES.map((text) => ({ text, logProbability: -0.1, lead: 1, candidates: [] })),
    endsTurn: true,
  };

  /** A generator that would have written just the tokens that are marked. */
  async function cut(tokens: readonly (readonly [text: string, isGreedy: boolean])[]): Promise<Patch> {
    class Marked extends ForwardingText {
      override score(): Promise<TextScore> {
        const pieces = tokens.map(([text, isGreedy]) => ({ text, isGreedy, logProbability: -1 }));
        return Promise.resolve({ pieces, endLogProbability: null });
      }
    }
    return rejoinEarly(new Marked(await open()), patch);
  }

  it('cuts the patch behind the third token in a row that is the generator’s own choice', async () => {
    const { text, pieces, endsTurn } = await cut(PIECES.map((one, index) => [one, index === 0 || index > 1]));
    assert.equal(text, ' the nine apples are left');
    assert.deepEqual([pieces.length, endsTurn], [5, false]);
  });

  it('cuts at a border of the mentor’s pieces, whatever the generator’s tokens are', async () => {
    const { text } = await cut([
      ['e', false],
      [' th', true],
      ['e n', true],
      ['i', true],
      ['ne apples are left over.', false],
    ]);
    assert.equal(text, ' the nine', 'the first token began in the text before');
  });

  it('leaves a patch whole that the generator never goes along with, or only at its end', async () => {
    assert.equal(await cut(PIECES.map((one, index) => [one, index % 3 !== 2])), patch);
    assert.equal(await cut(PIECES.map((one, index) => [one, index > 3])), patch);
  });
});
