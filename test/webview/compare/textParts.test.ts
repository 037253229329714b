import assert from 'node:assert/strict';
import { viewRun } from '../../../src/core/view/runView.ts';
import { eventsOf } from '../../../src/protocol/eventsOf.ts';
import { compareWords } from '../../../src/webview/compare/model/compareWords.ts';
import { differingText, textParts } from '../../../src/webview/compare/model/textParts.ts';
import { GENERATOR_TEXT } from '../../support/panelPage/sampleComparison.ts';
import { sampleRun } from '../../support/panelPage/sampleRun.ts';

const view = viewRun(eventsOf(sampleRun().script.lines));

describe('the parts of a compared text', () => {
  it('are its whole text, with what became of each probe', () => {
    const parts = textParts(view);
    assert.equal(parts.map(({ text }) => text).join(''), view.text);
    for (const { text, start } of parts) assert.equal(view.text.slice(start, start + text.length), text);
    assert.deepEqual(
      parts.flatMap(({ outcome }) => outcome ?? []),
      view.decisions
        .filter(({ step }) => view.segments.some((each) => each.step === step))
        .map(({ outcome }) => outcome),
    );
  });

  it('keep both their marks and their differences where these cross, and lose no character', () => {
    const { stretches } = compareWords(GENERATOR_TEXT, view.text);
    const shown = differingText(view, stretches, GENERATOR_TEXT);
    const own = shown.filter(({ kind }) => kind !== 'missing').flatMap(({ parts }) => parts);
    assert.equal(own.map(({ text }) => text).join(''), view.text);
    for (const { text, start } of own) assert.equal(view.text.slice(start, start + text.length), text);
    const reference = shown.filter(({ kind }) => kind !== 'added').flatMap(({ parts }) => parts);
    const words = (text: string): string => text.replace(/\s/g, '');
    assert.equal(words(reference.map(({ text }) => text).join('')), words(GENERATOR_TEXT));
    assert.ok(
      shown.some(({ kind, parts }) => kind === 'added' && parts.some(({ outcome }) => outcome === 'tookMentor')),
    );
  });

  it('count missing and added words beside one another as one difference', () => {
    const { stretches } = compareWords(GENERATOR_TEXT, view.text);
    const shown = differingText(view, stretches, GENERATOR_TEXT);
    const [equal, missing, added] = shown;
    assert.deepEqual(
      [equal, missing, added].map((each) => [each?.kind, each?.difference]),
      [
        ['equal', null],
        ['missing', 0],
        ['added', 0],
      ],
    );
    const numbers = shown.flatMap(({ difference }) => difference ?? []);
    assert.deepEqual(
      [...new Set(numbers)],
      Array.from({ length: new Set(numbers).size }, (_, i) => i),
    );
  });
});
