import assert from 'node:assert/strict';
import type { Usage } from '../../src/core/languageModel.ts';
import { assertNumbers, assertSamePieces, countsOf, textOf, write } from './contractChecks.ts';
import type { Chat, ContractSubject, Open } from './contractSubject.ts';

/** Enough to meet words of several pieces, and short enough for a model of real size. */
const WORDS = 8;

/** Cases of words and drafts, of text that grows, and of what it costs. */
export function defineWritingCases(open: Open, chat: Chat, subject: ContractSubject): void {
  defineWordCases(open);
  if (subject.isBehindServer) defineNoEntropyCase(open);
  else defineEntropyCases(open, subject);
  defineTextCases(open, chat, subject);
  defineUsageCases(open, subject);
}

function defineWordCases(open: Open): void {
  it('cuts words by the published rule', async () => {
    const text = await open();
    const words = await write(text, WORDS);
    assert.ok(words.filter((word) => word.text !== '').length >= 4, 'the subject writes too little');
    for (const word of words) {
      assert.equal(word.text, textOf(word.pieces));
      assert.equal(word.text === '', word.pieces.length === 0);
      assert.ok(word.pieces.length <= 12);
      for (const piece of word.pieces.slice(1)) assert.doesNotMatch(piece.text, /^[ \n]/);
    }
  });

  it('gives every piece a finite log-probability and a lead, and sorts its candidates', async () => {
    const text = await open();
    for (const word of await write(text, WORDS)) {
      word.pieces.forEach(assertNumbers);
      assert.ok(word.candidates.length >= 1 && word.candidates.length <= 5);
      const values = word.candidates.map(({ logProbability }) => logProbability);
      assert.deepEqual(
        values,
        [...values].sort((a, b) => b - a),
      );
      assert.ok(values.every((value) => Number.isFinite(value) && value <= 0));
      const [first] = word.pieces;
      if (first) assert.equal(word.candidates[0]?.logProbability, first.logProbability);
    }
  });

  it('tells the candidates of every piece of a word and of a patch, the written one first', async () => {
    const text = await open();
    const [word] = await write(text, 1);
    const patch = await text.draft(6);
    const pieces = [...(word?.pieces ?? []), ...patch.pieces];
    assert.ok(pieces.length > 1);
    for (const { logProbability, candidates } of pieces) {
      assert.ok(candidates.length >= 1 && candidates.length <= 5);
      assert.equal(candidates[0]?.logProbability, logProbability);
    }
  });

  it('drafts as many tokens as asked for, or ends its turn', async () => {
    const text = await open();
    for (const tokens of [1, 5, 16]) {
      const patch = await text.draft(tokens);
      assert.equal(patch.text, textOf(patch.pieces));
      assert.ok(patch.endsTurn ? patch.pieces.length < tokens : patch.pieces.length === tokens);
      patch.pieces.forEach(assertNumbers);
    }
  });

  it('begins a draft with its next word', async () => {
    const text = await open();
    const word = await text.nextWord({ entropy: false });
    const { evaluated } = text.usage();
    await text.draft(word.pieces.length);
    assert.equal(text.usage().evaluated, evaluated, 'a word that was decoded already is not decoded again');
    const patch = await text.draft(word.pieces.length + 2);
    assert.deepEqual(patch.pieces.slice(0, word.pieces.length), word.pieces);
    const fresh = await open();
    assert.equal((await fresh.draft(word.pieces.length)).text, word.text);
  });
}

function defineNoEntropyCase(open: Open): void {
  it('has no entropy, since that takes the whole vocabulary', async () => {
    assert.equal((await (await open()).nextWord({ entropy: true })).entropy, null);
  });
}

function defineEntropyCases(open: Open, subject: ContractSubject): void {
  it('measures entropy where it is asked for, within what the vocabulary allows', async () => {
    const text = await open();
    const { entropy } = await text.nextWord({ entropy: true });
    assert.ok(entropy !== null && entropy >= 0 && entropy <= Math.log(subject.vocabularySize), String(entropy));
    assert.equal((await text.nextWord({ entropy: false })).entropy, null);
  });

  it('measures the same entropy later as at once', async () => {
    const asked = await open();
    const first = await write(asked, 2);
    const { entropy } = await asked.nextWord({ entropy: true });
    const fresh = await open();
    for (const { text } of first) fresh.append(text);
    await fresh.nextWord({ entropy: false });
    const later = await fresh.nextWord({ entropy: true });
    assert.ok(Math.abs((later.entropy ?? Infinity) - (entropy ?? -Infinity)) < 0.05, `${later.entropy} ${entropy}`);
  });

  it('measures the entropy of the next word on the way when told in time, and then reads nothing for it', async () => {
    const text = await open();
    const { text: word } = await text.nextWord({ entropy: true, nextEntropy: true });
    text.append(word);
    const { prefilled } = text.usage();
    const { entropy } = await text.nextWord({ entropy: true });
    assert.notEqual(entropy, null);
    assert.equal(text.usage().prefilled, prefilled);
  });
}

function defineTextCases(open: Open, chat: Chat, subject: ContractSubject): void {
  it('commits nothing by peeking', async () => {
    const text = await open();
    await write(text, 2);
    const count = text.countTokens();
    const word = await text.nextWord({ entropy: false });
    const patch = await text.draft(6);
    await text.compareLetters('\nA or B? My choice: Option (', ['A', 'B']);
    assert.equal(text.countTokens(), count);
    assertSamePieces((await text.nextWord({ entropy: false })).pieces, word.pieces);
    assertSamePieces((await text.draft(6)).pieces, patch.pieces);
  });

  it('goes on from appended text as a fresh text does that was given it whole', async () => {
    const grown = await open();
    const words = await write(grown, 5);
    const next = await grown.nextWord({ entropy: false });
    const whole = await open();
    whole.append(words.map(({ text }) => text).join(''));
    if (subject.isBehindServer) await whole.nextWord({ entropy: false });
    assert.equal(whole.countTokens(), grown.countTokens());
    assertSamePieces((await whole.nextWord({ entropy: false })).pieces, next.pieces);
  });

  it("goes on from another's text", async () => {
    const text = await open();
    await text.nextWord({ entropy: false });
    text.append(' The ans');
    text.append('wer is');
    const fresh = await open();
    fresh.append(' The answer is');
    assert.equal(text.countTokens(), fresh.countTokens());
    const expected = await fresh.nextWord({ entropy: false });
    const again = await open();
    await again.nextWord({ entropy: false });
    again.append(' The ans');
    await again.nextWord({ entropy: false });
    again.append('wer is');
    assertSamePieces((await again.nextWord({ entropy: false })).pieces, expected.pieces);
  });

  it('takes characters that its tokens cut, and special-token text, as plain text', async () => {
    const text = await open();
    const pieces = [' 🙂', ' naïve', ' 漢字', subject.specialText, ' done'];
    for (const piece of pieces) {
      text.append(piece);
      await text.nextWord({ entropy: false });
    }
    const count = text.countTokens();
    const whole = await open();
    whole.append(pieces.join(''));
    if (subject.isBehindServer) await whole.nextWord({ entropy: false });
    assert.equal(count, whole.countTokens());
    const without = await open();
    without.append(pieces.filter((piece) => piece !== subject.specialText).join(''));
    if (subject.isBehindServer) await without.nextWord({ entropy: false });
    assert.ok(count >= without.countTokens() + 2, `${count} tokens, without it ${without.countTokens()}`);
  });

  it('counts the tokens of its text alone, without the prompt', async () => {
    const long = await open(chat(`${subject.question} ${subject.question}`));
    const short = await open();
    assert.equal(short.countTokens(), 0);
    for (const text of [long, short]) text.append(' one two three');
    assert.equal(long.countTokens(), short.countTokens());
    assert.ok(short.countTokens() >= 3);
  });

  it('compares letters in the order given', async () => {
    const text = await open();
    await write(text, 2);
    const suffix = '\nWhich is right? Option (A): yes, Option (B): no. My choice: Option (';
    const choice = await text.compareLetters(suffix, ['B', 'A']);
    assert.deepEqual(
      choice.letters.map(({ text: letter }) => letter),
      ['B', 'A'],
    );
    for (const { logProbability } of choice.letters) assert.ok(Number.isFinite(logProbability) && logProbability <= 0);
    const best = choice.letters.find(({ text: letter }) => letter === choice.greedyText.trim());
    if (best) {
      assert.equal(best.logProbability, Math.max(...choice.letters.map(({ logProbability }) => logProbability)));
    }
  });
}

function defineUsageCases(open: Open, subject: ContractSubject): void {
  it('counts what it does, and nothing for asking again', async () => {
    const text = await open();
    const steps: Usage[] = [text.usage()];
    const note = async (work: Promise<unknown>): Promise<void> => {
      await work;
      steps.push(text.usage());
    };
    await note(text.readPrompt());
    await note(text.nextWord({ entropy: true }));
    await note(text.nextWord({ entropy: true }));
    assert.deepEqual(countsOf(steps[2] ?? steps[0]), countsOf(steps[3] ?? steps[1]));
    await note(text.draft(5));
    await note(text.draft(5));
    assert.deepEqual(countsOf(steps[4]), countsOf(steps[5]));
    await note(text.compareLetters('\nA or B? My choice: Option (', ['A', 'B']));
    text.append(' The answer is');
    await note(text.nextWord({ entropy: false }));
    for (const [index, usage] of steps.entries()) {
      const fedBack = usage.evaluated - usage.prefilled;
      assert.ok(fedBack >= 0 && fedBack <= usage.decoded, JSON.stringify(usage));
      assert.ok(usage.passes <= usage.evaluated);
      const before = steps[index - 1];
      if (before) assert.ok(countsOf(usage).every((count, field) => count >= (countsOf(before)[field] ?? 0)));
    }
    assert.ok(text.usage().timeMs >= 0);
  });

  it('evaluates each of its own words once, and nothing twice', async () => {
    const text = await open();
    await text.readPrompt();
    const words = await write(text, WORDS);
    const written = words.reduce((sum, { pieces }) => sum + pieces.length, 0);
    const { prefilled, evaluated, retokenised } = text.usage();
    // A word is told apart by the piece after it, which has not been read back; tokens that changed are read again.
    assert.ok(prefilled <= text.promptTokens + 2 * retokenised, `${prefilled} prefilled`);
    if (subject.isBehindServer) return;
    assert.ok(evaluated <= text.promptTokens + written + 2 * retokenised, `${evaluated} for ${written} written`);
  });
}
