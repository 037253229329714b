import assert from 'node:assert/strict';
import type { ModelText, Word } from '../../src/core/languageModel.ts';
import { endsSentence } from '../../src/core/wordRule.ts';
import { assertFails, assertSamePieces, countsOf, textOf, write } from './contractChecks.ts';
import type { ContractSubject, Open } from './contractSubject.ts';

/** How far a log-probability may differ with how a text was read, in nats. */
const ROUNDING = 0.1;

/** Cases of text that is taken back, of sentences, and of texts that a model is given to judge or to read ahead. */
export function defineGivenTextCases(open: Open, subject: ContractSubject): void {
  defineRewindCases(open);
  defineSentenceCase(open);
  if (subject.tellsNoPrompt) defineUntoldCase(open);
  else {
    defineScoreCases(open);
    defineReadAheadCases(open);
  }
}

const joined = (words: readonly Word[]): string => words.map(({ text }) => text).join('');

function defineRewindCases(open: Open): void {
  it('goes on from text that was taken back as if it had never been there', async () => {
    const text = await open();
    const words = await write(text, 3);
    const next = await text.nextWord({ entropy: false });
    const count = text.countTokens();
    for (const added of [next.text, ' and so', ' 🙂 it', ' is']) text.append(added);
    await text.nextWord({ entropy: false });
    text.rewind(joined(words).length);
    assert.equal(text.countTokens(), count);
    assertSamePieces((await text.nextWord({ entropy: false })).pieces, next.pieces);
    text.rewind(0);
    assert.equal(text.countTokens(), 0);
    assertSamePieces((await text.nextWord({ entropy: false })).pieces, words[0]?.pieces ?? []);
  });

  it('does not write its own words again that were taken back', async () => {
    const text = await open();
    const words = await write(text, 4);
    await text.nextWord({ entropy: false });
    const { decoded } = text.usage();
    const [kept, dropped] = [words.slice(0, 2), words.slice(2)];
    text.rewind(joined(kept).length);
    const pieces = dropped.flatMap((word) => word.pieces);
    const patch = await text.draft(pieces.length);
    assert.equal(patch.text, joined(dropped));
    assert.equal(text.usage().decoded, decoded);
  });
}

function defineSentenceCase(open: Open): void {
  it('ends a draft with its first sentence or line where it is asked to, and not before', async () => {
    const text = await open();
    const patch = await text.draft(40, 'sentence');
    const { pieces } = await text.draft(40);
    assertSamePieces(patch.pieces, pieces.slice(0, patch.pieces.length));
    assert.equal(patch.text, textOf(patch.pieces));
    const isEnd = (length: number): boolean =>
      endsSentence(textOf(pieces.slice(0, length)), pieces[length]?.text ?? '');
    for (let length = 1; length < patch.pieces.length; length++) assert.ok(!isEnd(length), patch.text);
    if (patch.pieces.length < pieces.length) assert.ok(isEnd(patch.pieces.length), patch.text);
  });
}

function defineUntoldCase(open: Open): void {
  it('refuses to judge a given text, saying what needs it and what to do, and reads nothing ahead', async () => {
    const text = await open();
    await text.readPrompt();
    await assert.rejects(text.score(' one', false), { code: 'bad-input', message: /surprise.*likelihood.*Choose/ });
    const counts = countsOf(text.usage());
    await text.readAhead(Array.from({ length: 12 }, () => ({ text: ' one', asked: { entropy: false } })));
    assert.deepEqual(countsOf(text.usage()), counts);
  });
}

function defineScoreCases(open: Open): void {
  it('judges its own words by the numbers with which it wrote them, and another text as less likely', async () => {
    const text = await open();
    await write(text, 2);
    const count = text.countTokens();
    const word = await text.nextWord({ entropy: false });
    const { pieces, endLogProbability } = await text.score(word.text, false);
    assert.equal(endLogProbability, null);
    assert.equal(textOf(pieces.map((piece) => ({ ...piece, lead: null, candidates: [] }))), word.text);
    for (const [index, { text: piece, logProbability, isGreedy }] of pieces.entries()) {
      const own = word.pieces[index];
      if (piece !== own?.text) break;
      assert.ok(Math.abs(logProbability - (own.logProbability ?? NaN)) < ROUNDING, `${piece}: ${logProbability}`);
      assert.ok(isGreedy || (own.lead ?? 0) < ROUNDING);
    }
    const twice = await text.score(word.text + word.text, false);
    assert.ok(twice.pieces.length > pieces.length);
    assert.ok(sumOf(twice.pieces) < sumOf(pieces) + ROUNDING);
    assert.equal(text.countTokens(), count);
    assertSamePieces((await text.nextWord({ entropy: false })).pieces, word.pieces);
  });

  it('gives the probability that its candidates have to words that it would not have written', async () => {
    const text = await open();
    await write(text, 2);
    const { candidates } = await text.nextWord({ entropy: false });
    for (const candidate of candidates.filter(({ text: other }) => /^ \w+$/.test(other))) {
      const { pieces } = await text.score(candidate.text, false);
      if (pieces.length !== 1) continue;
      assert.ok(Math.abs(sumOf(pieces) - candidate.logProbability) < ROUNDING, candidate.text);
      assert.equal(pieces[0]?.isGreedy, candidate === candidates[0]);
    }
  });

  it('tells how likely its turn ends where it ends it', async () => {
    const text = await open();
    const words = await write(text, 100);
    // Some models go on and on.
    if (words.at(-1)?.text !== '') return;
    const { pieces, endLogProbability } = await text.score('', true);
    assert.deepEqual(pieces, []);
    assert.ok(endLogProbability !== null && endLogProbability <= 0 && endLogProbability > -2, `${endLogProbability}`);
    const last = words.at(-2)?.text ?? '';
    text.rewind(joined(words).length - last.length);
    const whole = await text.score(last, true);
    assert.ok(Math.abs((whole.endLogProbability ?? NaN) - endLogProbability) < ROUNDING);
  });

  it('refuses to judge a text that does not fit, and one that was aborted', async () => {
    const signal = { aborted: false };
    const text = await open(undefined, signal);
    await assertFails(text.score(' word'.repeat(20_000), false), 'context-full');
    signal.aborted = true;
    await assertFails(text.score(' word', false), 'cancelled');
    await assertFails(text.readAhead([]), 'cancelled');
  });
}

function sumOf(pieces: readonly { readonly logProbability: number }[]): number {
  return pieces.reduce((sum, { logProbability }) => sum + logProbability, 0);
}

function defineReadAheadCases(open: Open): void {
  const ahead = (words: readonly string[]) => words.map((text) => ({ text, asked: { entropy: false } }));

  async function assertReads(given: (own: readonly string[]) => readonly string[]): Promise<void> {
    const words = await write(await open(), 10);
    const text = await open();
    await text.readPrompt();
    await text.readAhead(ahead(given(words.map((word) => word.text))));
    for (const expected of words) {
      const word = await text.nextWord({ entropy: false });
      assertSamePieces(word.pieces, expected.pieces);
      assertSameNumbers(word, expected);
      // Beyond a near tie the two go their own ways.
      if (word.text !== expected.text) return;
      text.append(word.text);
    }
    assertSamePieces((await text.draft(4)).pieces, (await draftBehind(open, joined(words))).pieces);
  }

  it('answers for words that it has read ahead as if each had been asked for', async () => {
    await assertReads((own) => own);
  });

  it('does so where words are not its own', async () => {
    await assertReads((own) => own.map((word, index) => (index % 3 === 2 ? ' zebra' : word)));
    await assertReads((own) => own.map((word) => `${word}\n`));
    await assertReads((own) => own.map((word) => `${word}🙂`));
  });

  it('reads nothing ahead that does not fit, and goes on', async () => {
    const text = await open();
    const word = await text.nextWord({ entropy: false });
    const long = Array.from({ length: 20 }, () => ' word'.repeat(1_000));
    await text.readAhead(ahead(long));
    assertSamePieces((await text.nextWord({ entropy: false })).pieces, word.pieces);
  });
}

async function draftBehind(open: Open, text: string): Promise<Awaited<ReturnType<ModelText['draft']>>> {
  const fresh = await open();
  fresh.append(text);
  return fresh.draft(4);
}

function assertSameNumbers(word: Word, expected: Word): void {
  if (word.text !== expected.text) return;
  for (const [index, { logProbability }] of expected.pieces.entries()) {
    assert.ok(Math.abs((word.pieces[index]?.logProbability ?? NaN) - (logProbability ?? NaN)) < ROUNDING);
  }
  const texts = ({ candidates }: Word): readonly (string | undefined)[] =>
    candidates.slice(0, 2).map(({ text }) => text);
  const [first, second, third] = expected.candidates;
  if (!first || !second || !third || second.logProbability - third.logProbability < ROUNDING) return;
  if (first.logProbability - second.logProbability > ROUNDING) assert.deepEqual(texts(word), texts(expected));
}
