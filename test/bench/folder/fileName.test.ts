import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { fileName } from '../../../src/bench/folder/fileName.ts';
import { anyText } from '../../support/generatedRun.ts';

describe('the name of a file for any name', () => {
  it('is the name itself where that is plain', () => {
    for (const name of ['paper-free', 'math-001', 'a.b_c', 'x..y']) assert.equal(fileName(name), name);
  });

  it('is written as in a URL where it is not', () => {
    assert.equal(fileName('paper-free p=0.5'), 'paper-free%20p%3D0.5');
    assert.equal(fileName("a/b\\c:d*e'f"), 'a%2Fb%5Cc%3Ad%2Ae%27f');
    assert.equal(fileName('é'), '%C3%A9');
  });

  it('leads nowhere else', () => {
    assert.equal(fileName('..'), '%2E%2E');
    assert.equal(fileName('.'), '%2E');
    assert.equal(fileName('../../etc'), '%2E.%2F..%2Fetc');
    assert.equal(fileName('name.'), 'name%2E');
  });

  it('is no device of Windows', () => {
    for (const name of ['CON', 'con', 'nul.txt', 'Com1', 'LPT9.a.b']) {
      assert.match(fileName(name), /^%[0-9A-F]{2}/);
      assert.equal(decodeURIComponent(fileName(name)), name);
    }
    assert.equal(fileName('console'), 'console');
  });

  it('is short, and differs where only the end of a long name does', () => {
    const [a, b] = ['a', 'b'].map((end) => fileName('ü'.repeat(300) + end));
    assert.ok(a && b && a !== b);
    assert.ok(a.length <= 100);
  });

  it('bears half a character, each half another', () => {
    assert.notEqual(fileName('a\ud83d'), fileName('a\ud83e'));
    assert.notEqual(fileName('a\ud83d'), fileName('a\ufffd'));
  });

  const hostile = fc.oneof(
    anyText,
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(fc.constantFrom('..', '/', '\\', '.', 'con', '%', ' ', 'x'.repeat(60), '🎲'), { maxLength: 9 })
      .map((parts) => parts.join('')),
  );

  it('is one plain name, whatever the name', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const own = fileName(name);
        assert.match(own, /^(?:[\w-](?:[\w.-]|%[0-9A-F]{2})*|%[0-9A-F]{2}(?:[\w.-]|%[0-9A-F]{2})*|)$/);
        assert.ok(own.length <= 100 && !own.endsWith('.'));
        if (own !== '') assert.equal(basename(join('folder', own)), own);
      }),
      { numRuns: 1000, seed: 20260207 },
    );
  });

  it('differs for any two names', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        assert.equal(fileName(a) === fileName(b), a === b);
      }),
      { numRuns: 1000, seed: 20260207 },
    );
  });
});
