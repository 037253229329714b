import assert from 'node:assert/strict';
import type { Source } from '../../src/core/runEvent.ts';
import { SolutionStream } from '../../src/cli/solutionStream.ts';
import { KeptOutput } from './scriptedContext.ts';

function streamed(
  segments: readonly (readonly [text: string, source?: Source])[],
  options: { isTTY?: boolean; hasColour?: boolean; marks?: boolean } = {},
): string {
  const output = new KeptOutput(options);
  const stream = new SolutionStream(output, { marks: options.marks ?? false });
  for (const [text, source] of segments) stream.add(text, source ?? 'generator');
  stream.end();
  return output.written;
}

describe('SolutionStream', () => {
  const mixed = [[' One'], [' two', 'mentor'], [' three\n', 'agreed']] as const;

  it('gives the exact text without its outer white space where nobody looks', () => {
    assert.equal(streamed(mixed), 'One two three\n');
    assert.equal(streamed([[' \n'], ['\n a'], ['\n\n'], [' b \n'], ['\n']]), 'a\n\n b\n');
    assert.equal(streamed([['\u001b[31mred']]), '\u001b[31mred\n');
  });

  it('writes each segment at once, but for white space that may be the end', () => {
    const output = new KeptOutput();
    const stream = new SolutionStream(output, { marks: false });
    stream.add('a \n', 'generator');
    assert.equal(output.written, 'a');
    stream.add('b', 'generator');
    assert.equal(output.written, 'a \nb');
  });

  it('underlines and colours the mentor on a terminal with colours', () => {
    assert.equal(streamed(mixed, { isTTY: true, hasColour: true }), 'One \u001b[4;35mtwo\u001b[24;39m three\n');
  });

  it('puts the mentor in brackets on a terminal without colours, and anywhere with marks', () => {
    assert.equal(streamed(mixed, { isTTY: true }), 'One ⟦two⟧ three\n');
    assert.equal(streamed(mixed, { marks: true }), 'One ⟦two⟧ three\n');
    assert.equal(streamed([['a'], [' ', 'mentor'], ['b']], { marks: true }), 'a b\n');
  });

  it('shows control characters as signs on a terminal', () => {
    assert.equal(streamed([['a\u001b[2J\u0007\u009b\r\nb\tc\rd']], { isTTY: true }), 'a␛[2J␇\ufffd\nb\tc␍d\n');
  });

  it('writes nothing at all for an empty text', () => {
    assert.equal(streamed([[' \n']]), '');
  });
});
