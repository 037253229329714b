import assert from 'node:assert/strict';

/** Fails unless `actual` is `expected` up to `tolerance`. */
export function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}
