import assert from 'node:assert/strict';
import type { Completion, ToldToken } from '../../../src/engine/remote/completion.ts';
import { EchoedText } from '../../../src/engine/remote/echoedText.ts';
import { echoedPlaces } from '../../../src/engine/remote/echoedPlaces.ts';
import { SentText } from '../../../src/engine/remote/sentText.ts';

/** A token with its log-probability, and what is likelier, or as likely; by default it is the likeliest. */
const token = (text: string, likelier: readonly string[] = [], logProbability: number | null = -0.5): ToldToken => {
  const own = { text, logProbability: logProbability ?? 0 };
  const better = likelier.map((one, index) => ({ text: one, logProbability: -0.1 - index / 10 }));
  return { text, bytes: null, logProbability, top: [...better, own, { text: '…', logProbability: -4 }] };
};
const tokens = (...texts: readonly string[]): readonly ToldToken[] => texts.map((text) => token(text));

const completion = (text: string): Completion => ({
  pieces: text === '' ? [] : [{ text, logProbability: -0.5, lead: 1, candidates: [{ text, logProbability: -0.5 }] }],
  incomplete: 0,
  endsTurn: text === '',
  endCandidates: text === '' ? [{ text: '', logProbability: -0.2 }] : [],
  promptTokens: null,
  cachedTokens: null,
  writtenTokens: 1,
});

const PROMPT = '<|user|>Q<|model|>';

/** What a server says of an answer behind a prompt; the words of a text that goes on with it are known from `from` on. */
function echoed(
  answer: string,
  told: readonly ToldToken[],
  { from = 0, written = ' on', behind = '' } = {},
): EchoedText {
  const sent = new SentText(PROMPT, answer, behind);
  return EchoedText.of(sent, from, { tokens: told, written: completion(written) }) ?? assert.fail('not the same text');
}

const spansOf = (told: readonly ToldToken[], sent: string, from: number) =>
  echoedPlaces(told, sent, from)?.map(({ start, end }) => sent.slice(start, end));

describe('the tokens of an echoed text', () => {
  it('are found from the end, whatever a server puts before the prompt or makes of its special tokens', () => {
    const sent = `${PROMPT} One two`;
    for (const before of [['<|user|>', 'Q', '<|model|>'], ['<s>', '', 'Q', ''], ['<|BOS|>'], []]) {
      assert.deepEqual(spansOf(tokens(...before, ' One', ' two'), sent, PROMPT.length), [' One', ' two']);
    }
  });

  it('begin with the one that a border cuts', () => {
    assert.deepEqual(spansOf(tokens('a', ' under', 'stand', 'ing'), 'a understanding', 10), ['stand', 'ing']);
  });

  it('put characters together that they cut, however their parts are told', () => {
    const sent = 'Hi 🙂 é!';
    for (const cut of [
      ['Hi', ' ', '', '', '🙂', ' ', '', 'é', '!'],
      ['Hi', ' \ufffd', '\ufffd', '\ufffd', ' \ufffd', '\ufffd', '!'],
      ['Hi', 'bytes:\\x20\\xf0', 'bytes:\\x9f\\x99\\x82', ' ', 'bytes:\\xc3', 'bytes:\\xa9', '!'],
    ]) {
      const spans = spansOf(tokens(...cut), sent, 0);
      assert.equal(spans?.join(''), sent, JSON.stringify(cut));
      assert.equal(spans.length, cut.length);
    }
    assert.deepEqual(spansOf(tokens('Hi ', '', '', '🙂'), 'Hi 🙂', 3), ['', '', '🙂'], 'its parts belong to it');
    assert.deepEqual(
      spansOf(tokens('Hi', '', ' you'), 'Hi you', 2),
      [' you'],
      'a special token that is told as nothing',
    );
  });

  it('are not known where they are not the text', () => {
    assert.equal(spansOf(tokens('One', 'two'), 'One two', 0), undefined);
    assert.equal(spansOf(tokens('two'), 'One two', 0), undefined);
    assert.equal(spansOf([], 'One', 0), undefined);
    assert.equal(spansOf(tokens('\ufffd'), '🙂', 0), undefined);
  });
});

describe('the score of an echoed text', () => {
  it('has the numbers of the tokens that it adds, and which of them the model would have written', () => {
    const text = echoed('One two three', [...tokens('One', ' two'), token(' thr', [' four'], -3), token('ee')], {
      from: 7,
    });
    assert.deepEqual(text.score('One two three', 7), [
      { text: ' thr', logProbability: -3, isGreedy: false },
      { text: 'ee', logProbability: -0.5, isGreedy: true },
    ]);
    assert.deepEqual(
      text.score('One two three', 9)?.map((piece) => piece.text),
      [' thr', 'ee'],
      'one that the border cuts is whole',
    );
    assert.equal(text.score('One two three', 3), null, 'not known from there on');
    assert.equal(text.score('Two', 0), null);
    assert.deepEqual(text.score('One two three', 13), []);
  });

  it('is that of a beginning where what comes behind does not matter', () => {
    const text = echoed('One two three', tokens('One', ' two', ' thr', 'ee'));
    assert.equal(text.score('One two', 3)?.length, 1);
    assert.equal(text.score('One two thr', 3), null);
  });

  it('is not known without the number of each token', () => {
    assert.equal(echoed('One two', [token('One'), token(' two', [], null)]).score('One two', 0), null);
  });

  it('tells the text as it was given, though it was sent with marks', () => {
    const answer = 'a <|end|> b';
    const told = tokens('a', ' <\u200b', '|end', '|>', ' b');
    const sent = new SentText(PROMPT, answer);
    assert.equal(sent.sent, `${PROMPT}a <\u200b|end|> b`);
    const text = EchoedText.of(sent, 1, { tokens: told, written: completion('') });
    assert.deepEqual(
      text?.score(answer, 1)?.map((piece) => piece.text),
      [' <', '|end', '|>', ' b'],
    );
  });

  it('has the end of the turn from what was written, or from the token that was sent for it', () => {
    assert.equal(echoed('One', tokens('One'), { written: '' }).endLogProbability?.toFixed(6), '-0.200000');
    assert.equal(echoed('One', tokens('One')).endLogProbability, null);
    const sent = echoed('One', [token('One'), token('<|end|>')], { behind: '<|end|>' });
    assert.equal(sent.endLogProbability, -0.5);
    assert.equal(sent.score('One', 0)?.length, 1);
    const plain = echoed('One', tokens('One', '<|', 'end|>'), { behind: '<|end|>' });
    assert.equal(plain.endLogProbability, null, 'the server has taken it for text');
  });
});

describe('the words of an echoed text', () => {
  const wordOf = (before: string, answer: string, told: readonly ToldToken[], written?: string): string | undefined =>
    echoed(answer, told, written === undefined ? {} : { written }).wordBehind(before)?.text;

  it('are known where the model writes just them, and then what ends them', () => {
    const told = tokens('One', ' thr', 'ee', ' four');
    assert.equal(wordOf('', 'One three four', told), 'One');
    assert.equal(wordOf('One', 'One three four', told), ' three');
    assert.equal(wordOf('One three', 'One three four', told), ' four', 'what is written behind ends it');
    assert.equal(wordOf('One three', 'One three four', told, 's'), undefined, 'it goes on');
    assert.equal(wordOf('One three', 'One three four', told, ''), ' four', 'the turn ends');
    assert.equal(wordOf('One three four', 'One three four', told, ''), '', 'the turn ends');
    assert.equal(
      wordOf('One three four', 'One three four', told),
      undefined,
      'a word is written, of which the end is not seen',
    );
    assert.equal(wordOf('Two', 'One three four', told), undefined);
  });

  it('are known where the model ends them otherwise than the text does', () => {
    const told = [token('One'), token(' two'), token(' three', [' four'])];
    assert.equal(wordOf('One', 'One two three', told), ' two');
    assert.equal(wordOf('One two', 'One two three', told), undefined);
    assert.equal(wordOf('One', 'One two three', [token('One'), token(' two'), token(' three', ['s'])]), undefined);
    assert.equal(
      wordOf('One', 'One two three', [token('One'), token(' two'), token(' three', ['<|end|>'])]),
      undefined,
    );
  });

  it('are of twelve pieces at most', () => {
    const letters = Array.from('abcdefghijklmn');
    const answer = `One ${letters.join('')}`;
    assert.equal(wordOf('One', answer, tokens('One', ' a', ...letters.slice(1))), ' abcdefghijkl');
  });

  it('are not certain where the text could be cut otherwise without what comes behind', () => {
    assert.equal(wordOf('One', 'Onetwo three', tokens('One', 'two', ' three')), undefined);
    assert.equal(wordOf('One ', 'One  two three', tokens('One', ' ', ' two', ' three')), undefined);
    assert.equal(wordOf('On', 'One two', tokens('One', ' two')), undefined);
    assert.equal(wordOf('One\n', 'One\n\ntwo', tokens('One', '\n', '\n', 'two')), undefined);
    assert.equal(wordOf('One', 'One\ntwo three', tokens('One', '\n', 'two', ' three')), '\ntwo');
  });

  it('are not certain where another token is as likely, or a character is cut', () => {
    const tie = { ...token(' two'), top: [' two', ' to'].map((text) => ({ text, logProbability: -0.5 })) };
    assert.equal(wordOf('One', 'One two three', [token('One'), tie, token(' three')]), undefined);
    assert.equal(wordOf('One', 'One 🙂 two', tokens('One', ' ', '', '🙂', ' two')), undefined);
    assert.equal(wordOf('One', 'One\n🙂 two', tokens('One', '\n\ufffd', '\ufffd', ' two')), undefined);
  });
});
