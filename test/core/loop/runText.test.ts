import assert from 'node:assert/strict';
import { RunText } from '../../../src/core/loop/runText.ts';
import type { Source, StopReason } from '../../../src/core/runEvent.ts';

const take = (text: RunText, taken: string, source: Source = 'generator', tokens = 1): StopReason | null =>
  text.take({ text: taken, source, tokens });

describe('RunText', () => {
  it('finds a stop string across word borders, whatever its case', () => {
    const text = new RunText(['\n\nProblem:', '</s>']);
    assert.equal(take(text, 'Done.'), null);
    assert.equal(take(text, '\n'), null);
    assert.equal(take(text, '\nPRO'), null);
    assert.equal(take(text, 'blem'), null);
    assert.equal(take(text, ':'), 'stopString');
    assert.equal(text.text, 'Done.\n\nPROblem:');
  });

  it('finds a stop string that begins before a long taken text and one in its middle', () => {
    const text = new RunText(['</s>']);
    assert.equal(take(text, 'a<'), null);
    assert.equal(take(text, `/s>${'b'.repeat(50)}`), 'stopString');
    assert.equal(take(new RunText(['</s>']), `x</S>${'b'.repeat(50)}`), 'stopString');
  });

  it('drops the third of three equal texts and stops', () => {
    const text = new RunText([]);
    assert.deepEqual([take(text, ' no'), take(text, ' no'), take(text, ' no', 'mentor', 5)], [null, null, 'repeat']);
    assert.equal(text.text, ' no no');
    assert.ok(text.lastWasDropped);
    assert.deepEqual(text.accepted, { generator: 2, mentor: 0 });
  });

  it('goes on when two equal texts are followed by another', () => {
    const text = new RunText([]);
    assert.deepEqual(
      ['a', 'a', 'b', 'b', 'a', 'a'].map((taken) => take(text, taken)),
      [null, null, null, null, null, null],
    );
  });

  it('ends at an empty text before it looks for a repetition, and counts the step', () => {
    const text = new RunText([]);
    assert.equal(take(text, '', 'mentor', 0), 'end');
    assert.equal(text.mentorSteps, 1);
    assert.deepEqual(text.accepted, { generator: 0, mentor: 0 });
  });

  it("counts agreed words as the generator's", () => {
    const text = new RunText([]);
    take(text, ' a', 'agreed', 2);
    take(text, ' b', 'mentor', 3);
    assert.deepEqual(text.accepted, { generator: 2, mentor: 3 });
  });
});
