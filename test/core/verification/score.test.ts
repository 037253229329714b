import assert from 'node:assert/strict';
import type { Candidate, LetterChoice } from '../../../src/core/languageModel.ts';
import { judgeByScore, scoreSuffix } from '../../../src/core/verification/score.ts';
import type { Verdict } from '../../../src/core/verification/verdict.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

describe('the verification score', () => {
  const judge = async (greedyText: string, letters: readonly Candidate[] = []): Promise<Verdict> => {
    const model = new ScriptedModel({ continuation: () => [] });
    const text = await model.openText({ form: 'chat', question: 'Q' }, { signal: { aborted: false } });
    const compareLetters = (): Promise<LetterChoice> => Promise.resolve({ greedyText, letters });
    return judgeByScore(Object.assign(text, { compareLetters }), ' It is 4.');
  };
  const digit = (text: string, probability: number): Candidate => ({ text, logProbability: Math.log(probability) });

  it("keeps the generator's patch from 7 of 9 on", async () => {
    const winners = await Promise.all(['0', '6', '7', ' 7', '9'].map(async (score) => (await judge(score)).winner));
    assert.deepEqual(winners, ['mentor', 'mentor', 'generator', 'generator', 'generator']);
  });

  it('takes what is no number for the worst score', async () => {
    for (const said of ['', 'nine', '.', '7.', '-9']) assert.equal((await judge(said)).winner, 'mentor', said);
  });

  it('asks for one digit behind the patch', async () => {
    const { suffix } = await judge('9');
    assert.equal(suffix, scoreSuffix(' It is 4.'));
    assert.match(suffix, /^ It is 4\.\n\n.*From 0 \(wrong\) to 9 .* the score: $/);
  });

  it('tells the odds of a score below 7, as far as the digits are known', async () => {
    const { score, winner } = await judge('8', [digit('2', 0.1), digit('6', 0.2), digit('7', 0.25), digit('8', 0.35)]);
    assert.ok(Math.abs((score ?? NaN) - Math.log(0.3 / 0.6)) < 1e-12);
    assert.equal(winner, 'generator');
    assert.equal((await judge('8', [digit('8', 0.5)])).score, null);
  });

  it('has every digit told of', async () => {
    const model = new ScriptedModel({ continuation: () => [], letter: () => '4' });
    const text = await model.openText({ form: 'chat', question: 'Q' }, { signal: { aborted: false } });
    const { choice } = await judgeByScore(text, ' It is 4.');
    assert.equal(choice?.letters.map((letter) => letter.text).join(''), '0123456789');
  });
});
