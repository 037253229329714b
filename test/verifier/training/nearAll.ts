import assert from 'node:assert/strict';

/** Fails unless both lists are as long, and each number is the expected one up to `tolerance`. */
export function nearAll(actual: Iterable<number>, expected: Iterable<number>, tolerance: number): void {
  const [a, b] = [[...actual], [...expected]];
  assert.equal(a.length, b.length);
  for (const [at, value] of a.entries()) {
    assert.ok(Math.abs(value - (b[at] ?? NaN)) <= tolerance, `at ${at}: ${value} is not ${b[at] ?? NaN}`);
  }
}
