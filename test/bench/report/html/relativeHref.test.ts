import assert from 'node:assert/strict';
import { relativeHref } from '../../../../src/bench/report/html/relativeHref.ts';

describe('relativeHref', () => {
  it('encodes every name and keeps the slashes between them', () => {
    assert.equal(relativeHref('runs/a b/ü#1?.html'), './runs/a%20b/%C3%BC%231%3F.html');
  });

  it('never is a scheme, a host or the end of an attribute', () => {
    assert.equal(relativeHref('javascript:alert(1)'), './javascript%3Aalert(1)');
    assert.equal(relativeHref('//evil.test/x'), './//evil.test/x');
    assert.doesNotMatch(relativeHref(`a"b'c<d>`), /["'<>]/);
  });

  it('bears half a character', () => {
    assert.equal(relativeHref('a\ud800'), './a%EF%BF%BD');
  });
});
