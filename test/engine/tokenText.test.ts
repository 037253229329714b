import assert from 'node:assert/strict';
import type { LanguageModel, ModelText, Prompt, Word } from '../../src/core/languageModel.ts';
import { openLlamaModel } from '../support/models/openLlamaModel.ts';
import type { SuccessorModel } from '../support/models/successorModel.ts';
import { writeSuccessorModel } from '../support/models/successorModel.ts';
import { SENTENCE_PIECE_MODEL, SPACE_ADDING_MODEL, THINKING_MODEL } from '../support/models/tinyModels.ts';
import { scratchFolder } from '../support/scratchFolder.ts';

const signal = { aborted: false };
const chat = (question: string): Prompt => ({ form: 'chat', question });

/** All words that a text goes on with, each committed. */
async function wordsOf(text: ModelText): Promise<string[]> {
  const words: string[] = [];
  for (;;) {
    const word: Word = await text.nextWord({ entropy: false });
    if (word.text === '') return words;
    words.push(word.text);
    text.append(word.text);
  }
}

describe('token text', () => {
  const scratch = scratchFolder();

  function withModel(given: SuccessorModel): () => LanguageModel {
    let model: LanguageModel;
    before(async () => {
      const path = scratch.file('model.gguf');
      await writeSuccessorModel(path, given);
      model = await openLlamaModel(path);
    });
    after(() => model.dispose());
    return () => model;
  }

  describe('of a SentencePiece model', () => {
    const model = withModel(SENTENCE_PIECE_MODEL);

    it('keeps the space before every word, and joins characters that are cut into bytes', async () => {
      const text = await model().openText(chat('Hi'), { signal });
      assert.deepEqual(await wordsOf(text), [' Hi', ' there,', ' café', ' 🙂', ' ok']);
      assert.equal(text.usage().retokenised, 0);
      // Alone, the text's own first space comes after the one that the tokenizer adds.
      assert.equal(text.countTokens(), 13);
    });

    it('reads nothing twice, though each word is tokenised anew with all the text before it', async () => {
      const text = await model().openText(chat('Hi'), { signal });
      await wordsOf(text);
      const written = (await (await model().openText(chat('Hi'), { signal })).draft(99)).pieces.length;
      assert.equal(text.usage().prefilled, text.promptTokens);
      assert.equal(text.usage().evaluated, text.promptTokens + written);
    });

    it('leaves the fragment of a character out of a patch that ends inside it', async () => {
      const text = await model().openText(chat('Hi'), { signal });
      assert.equal((await text.draft(5)).text, ' Hi there, caf');
      assert.equal((await text.draft(6)).text, ' Hi there, café');
      assert.equal((await text.draft(9)).text, ' Hi there, café ');
      assert.equal((await text.draft(11)).text, ' Hi there, café 🙂');
      const cut = await text.draft(9);
      text.append(cut.text);
      assert.equal((await text.nextWord({ entropy: false })).text, '🙂');
    });

    it('puts one BOS before the prompt, whether the template writes it or not', async () => {
      const withTemplate = await model().openText(chat('Hi'), { signal });
      assert.equal(withTemplate.promptAsSent, '<s>[INST] Hi [/INST]');
      const raw = await model().openText({ form: 'raw', text: 'Hi there' }, { signal });
      assert.equal(raw.promptAsSent, '<s>Hi there');
      assert.equal(raw.promptTokens, 3);
      const written = await model().openText({ form: 'raw', text: '<s>Hi there' }, { signal });
      assert.equal(written.promptTokens, 3);
    });

    it('trims a question where the template does', async () => {
      const text = await model().openText(chat('  Hi \n'), { signal });
      assert.equal(text.promptAsSent, '<s>[INST] Hi [/INST]');
    });

    it('tells the letter that follows a suffix with its exact text', async () => {
      const text = await model().openText(chat('Hi'), { signal });
      const choice = await text.compareLetters(' choice(', ['A', 'B']);
      assert.equal(choice.greedyText, 'B');
      assert.ok((choice.letters[1]?.logProbability ?? -9) > -0.1);
      const spaced = await text.compareLetters(' choice (', ['A', 'B']);
      assert.equal(spaced.greedyText, ' B');
      assert.ok((spaced.letters[1]?.logProbability ?? -9) > -0.1);
    });

    it('sums both spellings of a letter', async () => {
      const text = await model().openText(chat('Hi'), { signal });
      const [a] = (await text.compareLetters(' choice(', ['A'])).letters;
      // Both A and ▁A have logit 0 where B has 12.
      const rest = SENTENCE_PIECE_MODEL.tokens.length - 1;
      assert.ok(Math.abs((a?.logProbability ?? 0) - Math.log(2 / (Math.exp(12) + rest))) < 0.01);
    });
  });

  describe('of a SentencePiece model whose answer comes right after a special token', () => {
    const model = withModel(SPACE_ADDING_MODEL);

    it("leaves out the space that the tokenizer adds itself, so that the text's tokens stay the same", async () => {
      const text = await model().openText(chat('Hi'), { signal });
      assert.deepEqual(await wordsOf(text), ['Hi', ' there,', ' café', ' 🙂', ' ok']);
      assert.equal(text.usage().retokenised, 0);
      assert.equal(text.usage().prefilled, text.promptTokens);
    });
  });

  describe('of a model whose thinking markers are control tokens', () => {
    const model = withModel(THINKING_MODEL);

    it('shows the markers, and reads them back as the special tokens they are', async () => {
      const text = await model().openText(chat('go?'), { signal });
      assert.deepEqual(await wordsOf(text), ['<think>', ' ok</think>', ' yes', ' .']);
      assert.equal(text.usage().retokenised, 0);
      assert.equal(text.usage().prefilled, text.promptTokens);
      assert.equal(text.countTokens(), 5);
    });

    it("keeps a marker in a question as text, since it is a user's", async () => {
      const plain = (await model().openText(chat('go'), { signal })).promptTokens;
      const typed = await model().openText(chat('go<think>'), { signal });
      assert.equal(typed.promptTokens, plain + '<think>'.length);
    });

    it('keeps the space before a full stop, which llama.cpp would tidy away', async () => {
      const text = await model().openText(chat('go?'), { signal });
      text.append('<think> ok</think> yes');
      assert.equal((await text.draft(1)).text, ' .');
    });

    it('ends a word at another control token, which has no text', async () => {
      const text = await model().openText(chat('go?'), { signal });
      text.append(' go');
      const word = await text.nextWord({ entropy: false });
      assert.equal(word.text, '');
      assert.deepEqual(word.pieces, []);
      const patch = await text.draft(2);
      assert.deepEqual(
        patch.pieces.map(({ text: piece }) => piece),
        ['', ' yes'],
      );
    });

    it('puts the BOS that the model asks for before a template that has none', async () => {
      const text = await model().openText(chat('go?'), { signal });
      assert.equal(text.promptAsSent, '<|begin|><|user|>go?<|assistant|>\n');
      assert.equal(text.promptTokens, 7);
    });

    it('parses special tokens in a raw prompt', async () => {
      const text = await model().openText({ form: 'raw', text: '<|user|>go<|assistant|>\n' }, { signal });
      assert.equal(text.promptTokens, 6);
      assert.equal((await text.nextWord({ entropy: false })).text, '<think>');
    });
  });
});
