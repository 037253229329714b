import assert from 'node:assert/strict';
import { estimatedLines } from '../../../src/webview/model/estimatedLines.ts';

describe('the estimated lines of a text', () => {
  it('are those it has, and more for those that are too long', () => {
    assert.equal(estimatedLines('one', 10), 1);
    assert.equal(estimatedLines('one\n\ntwo', 10), 3);
    assert.equal(estimatedLines('a line of thirty characters or', 10), 3);
  });

  it('have none for what comes behind the last line end', () => {
    assert.equal(estimatedLines('one\n', 10), 1);
    assert.equal(estimatedLines('one\n\n', 10), 2);
  });
});
