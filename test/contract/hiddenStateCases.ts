import assert from 'node:assert/strict';
import type { LanguageModel, ModelText } from '../../src/core/languageModel.ts';
import { assertFails, assertSamePieces, countsOf, write } from './contractChecks.ts';
import type { ContractSubject } from './contractSubject.ts';

const SUFFIX = '\nNow I will choose. Option (A):  two, Option (B):  three. ';
/** How far a state may move with how its text was cut into passes, as part of its length; measured: up to 0.025. */
const ROUNDING = 0.05;

/** Defines the cases of hidden states, on a model that was opened to tell them. */
export function defineHiddenStateCases(subject: ContractSubject): void {
  describe('hidden states', () => {
    let model: LanguageModel;
    before(async () => {
      model = await (subject.openForHiddenStates ?? subject.open)();
    });
    after(() => model.dispose());

    const open = (signal = { aborted: false }): Promise<ModelText> =>
      model.openText({ form: 'chat', question: subject.question }, { signal });

    it('are finite, of one size, and of the token that they are asked for', async () => {
      const text = await open();
      const first = await text.hiddenState(SUFFIX);
      assert.ok(first.length > 0 && first.every(Number.isFinite));
      const states = [first, await text.hiddenState(`${SUFFIX}My`), await text.hiddenState('')];
      for (const [index, state] of states.entries()) {
        assert.equal(state.length, first.length);
        for (const other of states.slice(0, index)) assert.notDeepEqual(state, other);
      }
    });

    it('are told again from memory, and as the same after other questions', async () => {
      const text = await open();
      await write(text, 2);
      const state = await text.hiddenState(SUFFIX);
      const counts = countsOf(text.usage());
      assert.deepEqual(await text.hiddenState(SUFFIX), state);
      assert.deepEqual(countsOf(text.usage()), counts);
      await text.compareLetters(`${SUFFIX}My choice: Option (`, ['A', 'B']);
      assertClose(await text.hiddenState(SUFFIX), state);
      await text.draft(4);
      assertClose(await text.hiddenState(SUFFIX), state);
    });

    it('of a text that has grown are those of one that was given whole', async () => {
      const grown = await open();
      const words = await write(grown, 4);
      const whole = await open();
      whole.append(words.map(({ text }) => text).join(''));
      const expected = await whole.hiddenState(SUFFIX);
      const again = await open();
      await write(again, 4);
      assertClose(await again.hiddenState(SUFFIX), expected);
    });

    it('change neither text nor words nor numbers', async () => {
      const plain = await open();
      const words = await write(plain, 5);
      const text = await open();
      for (const { pieces, text: word } of words) {
        await text.hiddenState(SUFFIX);
        const next = await text.nextWord({ entropy: false });
        assertSamePieces(next.pieces, pieces);
        await text.hiddenState(SUFFIX);
        text.append(word);
      }
      assert.equal(text.countTokens(), plain.countTokens());
    });

    it('cost what they read, and nothing is decoded for them', async () => {
      const text = await open();
      await text.readPrompt();
      const before = text.usage();
      await text.hiddenState(SUFFIX);
      const after = text.usage();
      assert.ok(after.prefilled > before.prefilled && after.passes > before.passes);
      assert.equal(after.evaluated - before.evaluated, after.prefilled - before.prefilled);
    });

    it('are refused where the text does not fit, and once it is aborted or closed', async () => {
      const signal = { aborted: false };
      const text = await open(signal);
      await assertFails(text.hiddenState(' word'.repeat(model.facts.contextSize ?? 0)), 'context-full');
      await text.hiddenState(SUFFIX);
      signal.aborted = true;
      await assertFails(text.hiddenState(SUFFIX), 'cancelled');
      const closed = await open();
      await open();
      await assertFails(closed.hiddenState(SUFFIX), 'internal');
    });
  });
}

/** Fails unless two states point to the same place but for rounding. */
function assertClose(actual: Float32Array, expected: Float32Array): void {
  const length = Math.hypot(...expected);
  const distance = Math.hypot(...expected.map((value, index) => value - (actual[index] ?? NaN)));
  assert.ok(distance <= ROUNDING * length, `${distance} apart, of ${length}`);
}
