import assert from 'node:assert/strict';
import { isAnswerChanged, sameAnswer } from '../../../src/core/answer/sameAnswer.ts';

describe('sameAnswer', () => {
  const same = [
    ['42', '42'],
    ['42.0', '42'],
    ['1,234', '1234'],
    ['$1,234.50', '1234.5'],
    ['+7', '7'],
    ['\u22127', '-7'],
    ['.5', '1/2'],
    ['1/3', '2/6'],
    ['Addis  Ababa', 'addis ababa'],
    ['"Yes."', 'yes'],
    ['**Lima**', 'Lima'],
    ['Ａ', 'a'],
  ] as const;
  for (const [given, expected] of same) {
    it(`takes ${given} for ${expected}`, () => {
      assert.equal(sameAnswer(given, expected), true);
    });
  }

  const different = [
    ['42', '24'],
    ['42', '42.5'],
    ['1,23', '123'],
    ['12 apples', '13 apples'],
    ['Ben', 'Benny'],
    ['', ''],
    ['.', '.'],
    ['1/0', '0'],
    ['-5', '5'],
    ['5 0', '50'],
  ] as const;
  for (const [given, expected] of different) {
    it(`does not take ${JSON.stringify(given)} for ${JSON.stringify(expected)}`, () => {
      assert.equal(sameAnswer(given, expected), false);
    });
  }

  it('never takes a missing answer', () => {
    assert.equal(sameAnswer(null, 'null'), false);
  });
});

describe('isAnswerChanged', () => {
  it('looks at what is said, not at how it is written', () => {
    assert.equal(isAnswerChanged('1,234', '1234.0'), false);
    assert.equal(isAnswerChanged('36', '9'), true);
  });

  it('counts finding no answer as an outcome of its own', () => {
    assert.equal(isAnswerChanged(null, null), false);
    assert.equal(isAnswerChanged('36', null), true);
    assert.equal(isAnswerChanged(null, '36'), true);
  });
});
