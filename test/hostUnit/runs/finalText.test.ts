import assert from 'node:assert/strict';
import { finalText } from '../../../src/host/runs/finalText.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';

/** The same trace with other words in its first step. */
function withFirstWords(lines: readonly TraceLine[], text: string): TraceLine[] {
  return lines.map((line) => (line.type === 'step-taken' && line.step === 0 ? { ...line, text } : line));
}

describe('finalText', () => {
  it('is the text without the white space around it, and the answer alone', async () => {
    const lines = withFirstWords(await scriptedTrace('r'), '\n The');
    assert.equal(finalText(lines, 'text'), 'The answer is 4.');
    assert.equal(finalText(lines, 'answer'), '4');
  });

  it('leaves thinking out', async () => {
    const lines = withFirstWords(await scriptedTrace('r'), '<think>is it 5?</think>\n\nThe');
    assert.equal(finalText(lines, 'text'), 'The answer is 4.');
  });

  it('is what has been written so far while the run goes on, without an answer yet', async () => {
    const lines = await scriptedTrace('r');
    const firstStep = lines.findIndex(({ type }) => type === 'step-taken');
    assert.equal(finalText(lines.slice(0, firstStep + 1), 'text'), 'The');
    assert.equal(finalText(lines.slice(0, firstStep + 1), 'answer'), null);
  });

  it('is nothing before the first word', () => {
    assert.equal(finalText([], 'text'), null);
    assert.equal(finalText([], 'answer'), null);
  });
});
