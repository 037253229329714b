import assert from 'node:assert/strict';
import { answerSentence, changeClause } from '../../../src/webview/model/describeBranch.ts';
import { differingWords } from '../../../src/webview/model/differingWords.ts';
import { FirstDifference } from '../../../src/webview/model/firstDifference.ts';
import { pieceViews } from '../../../src/webview/model/pieceViews.ts';
import { PanelModel } from '../../../src/webview/model/panelModel.ts';
import { NEW_STATE } from '../../../src/webview/savedState.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

describe('the words for a branch', () => {
  it('say what it changed, and whose patch was taken where that is known', () => {
    assert.match(changeClause({ type: 'other-patch' }, 'mentor'), /^the mentor's patch was taken instead/);
    assert.match(changeClause({ type: 'other-patch' }, 'generator'), /^the generator's patch was taken instead/);
    assert.equal(changeClause({ type: 'other-patch' }, null), 'the other patch was taken');
    assert.match(changeClause({ type: 'candidate', by: 'mentor', text: ' 35' }, null), /mentor's candidate “␣35”/);
    assert.match(changeClause({ type: 'without-mentor' }, 'generator'), /without the mentor/);
    assert.match(changeClause({ type: 'with-mentor' }, 'agreed'), /at every word/);
  });

  it('say whether the answer changed', () => {
    assert.equal(answerSentence('171', '151'), 'The answer changed from 171 to 151.');
    assert.equal(answerSentence('171', null), 'The answer changed from 171 to none.');
    assert.equal(answerSentence('171', '171'), 'The answer is still 171.');
    assert.equal(answerSentence(null, null), 'Neither run found an answer.');
  });
});

describe('FirstDifference', () => {
  it('finds the first word that differs, however the text comes', () => {
    const difference = new FirstDifference('She has 64 shells.');
    assert.equal(difference.find('She', false), null);
    assert.equal(difference.find('She has 6', false), null);
    assert.equal(difference.find('She has 65', false), 8);
    assert.equal(difference.find('She has 65 shells.', true), 8);
  });

  it('counts ending sooner or later as a difference, once the end is certain', () => {
    assert.equal(new FirstDifference('abc').find('ab', false), null);
    assert.equal(new FirstDifference('a b c').find('a b', true), 3);
    assert.equal(new FirstDifference('a b').find('a b c', false), 3);
    assert.equal(new FirstDifference('a b').find('a bc', false), 2);
    assert.equal(new FirstDifference('abc').find('abc', true), null);
  });

  it('never cuts a character in two', () => {
    assert.equal(new FirstDifference('a 😀').find('a 😁', true), 2);
    const long = '字'.repeat(50);
    assert.equal(new FirstDifference(`${long}😀`).find(`${long}😁`, true), 50);
  });
});

describe('differingWords', () => {
  it('cuts two texts where they differ, without the blanks around, and loses nothing', () => {
    const { left, right } = differingWords(' 36$ shells, so $34 + 36 =', ' 30$ shells, so $34 + 30 =');
    const marked = (side: typeof left): readonly string[] =>
      side.filter(({ differs }) => differs).map(({ text }) => text);
    assert.deepEqual(
      [marked(left), marked(right)],
      [
        ['36', '36'],
        ['30', '30'],
      ],
    );
    assert.equal(left.map(({ text }) => text).join(''), ' 36$ shells, so $34 + 36 =');
    assert.equal(right.map(({ text }) => text).join(''), ' 30$ shells, so $34 + 30 =');
  });
});

describe('pieceViews', () => {
  const piece = { text: ' 3', logProbability: Math.log(0.5), lead: 0.4, candidates: [] };
  const first = [{ text: ' 3', logProbability: Math.log(0.5) }];

  it("has the word's pieces, then the patch's, with candidates of each", () => {
    const word = { text: ' 36', pieces: [piece, { ...piece, text: '6' }], candidates: first, entropy: null };
    const views = pieceViews(word, { text: ' 36', pieces: [piece], endsTurn: false });
    assert.deepEqual(
      views.map(({ part, text, isFirst }) => [part, text, isFirst]),
      [
        ['word', ' 3', true],
        ['word', '6', false],
        ['patch', ' 3', false],
      ],
    );
    assert.deepEqual([views[0]?.candidates, views[1]?.candidates], [first, []]);
  });

  it('has the end of the text as a piece, with its probability where it is known', () => {
    const end = { text: '', pieces: [], candidates: [{ text: '', logProbability: 0 }], entropy: null };
    assert.deepEqual(pieceViews(end, null)[0]?.probability, 1);
    assert.deepEqual(pieceViews({ ...end, candidates: [] }, null)[0]?.probability, null);
  });
});

describe('PanelModel beside the text', () => {
  const { script, steps } = sampleRun();
  const showing = (changes = {}): PanelModel => {
    const model = new PanelModel(NEW_STATE);
    model.receive({ type: 'content-shown', content: { composer: null, run: panelRun(script, changes) } });
    return model;
  };

  it('shows a side pane in place of the open step, over other runs and a reload', () => {
    const model = showing();
    model.selectStep(steps.taken);
    assert.equal(model.showSide('branches'), true);
    assert.equal(model.viewModel().run?.selected, null);
    assert.equal(model.showSide('branches'), false);
    const again = new PanelModel(model.savedState());
    again.receive({ type: 'content-shown', content: { composer: null, run: panelRun(script) } });
    assert.equal(again.viewModel().run?.side, 'branches');
  });

  it('offers to weigh interventions once the run is over and the mentor has written something', () => {
    const canWeigh = (changes: Parameters<typeof showing>[0]) => showing(changes).viewModel().run?.canWeigh;
    assert.equal(canWeigh({}), true);
    assert.equal(canWeigh({ abilities: [] }), false);
    assert.equal(canWeigh({ state: { phase: 'reasoning', sinceMs: 0 } }), false);
    assert.equal(canWeigh({ lines: script.lines.slice(0, 8), state: { phase: 'stopped' } }), false);
  });

  it("finds the first difference to the parent's text while the branch grows", () => {
    const parent = { runId: 'parent', text: 'Mia starts with 35 shells.', answer: null };
    const model = showing({ parent, lines: script.lines.slice(0, 4), state: { phase: 'reasoning', sinceMs: 0 } });
    assert.equal(model.viewModel().run?.firstDifference, null);
    model.receive({ type: 'lines-added', runId: 'sample', lines: script.lines.slice(4) });
    assert.equal(model.viewModel().run?.firstDifference, 16);
  });
});
