import assert from 'node:assert/strict';
import type { LanguageModel, ModelText } from '../../src/core/languageModel.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../support/models/demoModels.ts';
import { demoQuestions } from '../support/models/demoQuestions.ts';
import { openLlamaModel } from '../support/models/openLlamaModel.ts';

const signal = { aborted: false };
/** A token read in a pass with others may round otherwise in the last digits. */
const ROUNDING_NATS = 1e-3;

for (const [name, path] of [
  ['demo-small', DEMO_SMALL],
  ['demo-mentor', DEMO_MENTOR],
] as const) {
  describe(`the score of a given text by ${name}`, () => {
    let model: LanguageModel;

    before(async () => {
      model = await openLlamaModel(path);
    });
    after(() => model.dispose());

    const open = (question: string): Promise<ModelText> => model.openText({ form: 'chat', question }, { signal });

    it('is that of its own drafts, token by token, and finds every token its own choice', async () => {
      for (const question of demoQuestions(6)) {
        const text = await open(question);
        text.append((await text.nextWord({ entropy: false })).text);
        const draft = await text.draft(12);
        const warm = await text.score(draft.text, false);
        const fresh = await open(question);
        fresh.append((await fresh.nextWord({ entropy: false })).text);
        for (const { pieces } of [warm, await fresh.score(draft.text, false)]) {
          assert.equal(pieces.map((piece) => piece.text).join(''), draft.text);
          assert.ok(pieces.every(({ isGreedy }) => isGreedy));
          const gaps = pieces.map(({ logProbability }, index) =>
            Math.abs(logProbability - (draft.pieces[index]?.logProbability ?? NaN)),
          );
          assert.ok(Math.max(...gaps) < ROUNDING_NATS, String(gaps));
        }
      }
    });

    it('costs nothing for what the model has just drafted', async () => {
      const text = await open(demoQuestions(1)[0] ?? '');
      const draft = await text.draft(8);
      const before = text.usage();
      await text.score(draft.text, false);
      // The draft's last token was decoded, but not read.
      assert.ok(text.usage().evaluated - before.evaluated <= 1);
    });

    it('tells how likely the turn ends behind it', async () => {
      const text = await open(demoQuestions(1)[0] ?? '');
      const { text: whole, endsTurn } = await text.draft(300);
      assert.ok(endsTurn);
      const end = (await text.score(whole, true)).endLogProbability;
      const early = (await text.score(whole.slice(0, whole.indexOf(' ', 8)), true)).endLogProbability;
      assert.ok(end !== null && early !== null && end > Math.log(0.5) && early < Math.log(0.01), `${end} ${early}`);
    });

    it('changes nothing that is said later', async () => {
      const question = demoQuestions(2)[1] ?? '';
      const [plain, scoring] = [await (await open(question)).draft(40), await open(question)];
      await scoring.score(' something else entirely', true);
      assert.equal((await scoring.draft(40)).text, plain.text);
      await scoring.readAhead([{ text: ' wrong words', asked: { entropy: true } }]);
      assert.equal((await scoring.draft(40)).text, plain.text);
    });

    it('takes back what was written ahead, as if it had never been', async () => {
      const question = demoQuestions(3)[2] ?? '';
      const start = 'The answer';
      const outcome = async (ahead: readonly string[]): Promise<readonly unknown[]> => {
        const text = await open(question);
        text.append(start);
        for (const word of ahead) text.append(word);
        if (ahead.length > 0) await text.nextWord({ entropy: false });
        text.rewind(start.length);
        return [text.countTokens(), (await text.draft(10)).text];
      };
      assert.deepEqual(await outcome([' is', ' not', ' here']), await outcome([]));
    });
  });
}
