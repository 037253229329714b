import assert from 'node:assert/strict';
import { paragraphAt } from '../../../src/host/questions/paragraphAt.ts';

function at(line: number, ...texts: string[]) {
  return paragraphAt({ lineCount: texts.length, textOfLine: (index) => texts[index] ?? assert.fail() }, line);
}

describe('paragraphAt', () => {
  it('takes the neighbouring lines up to the empty ones', () => {
    const found = at(2, 'before', '', 'one', 'two', '  ', 'after');
    assert.deepEqual(found, { firstLine: 2, lastLine: 3, text: 'one\ntwo' });
  });

  it('takes the same paragraph from each of its lines', () => {
    assert.deepEqual(at(3, 'before', '', 'one', 'two'), at(2, 'before', '', 'one', 'two'));
  });

  it('takes the paragraph just above from an empty line, before the one below', () => {
    assert.equal(at(1, 'above', '', 'below')?.text, 'above');
  });

  it('takes the paragraph just below where there is none above', () => {
    assert.equal(at(1, '', '', 'below')?.text, 'below');
  });

  it('finds none in an empty document, nor between empty lines', () => {
    assert.equal(at(0, ''), null);
    assert.equal(at(2, 'far', '', '', '', 'far'), null);
  });
});
