import assert from 'node:assert/strict';
import { withTimeLimit } from '../../../src/bench/answers/withTimeLimit.ts';

describe('withTimeLimit', () => {
  it('ends what never gives way', () => {
    const start = performance.now();
    const spin = (): number => {
      for (let i = 0; ; i++) if (i < 0) return i;
    };
    assert.equal(withTimeLimit(spin, 50), null);
    assert.ok(performance.now() - start < 5_000);
  });

  it('gives what is computed in time, and lets errors through', () => {
    assert.deepEqual(
      withTimeLimit(() => [1], 1_000),
      [1],
    );
    assert.throws(() => withTimeLimit(() => assert.fail('as it is'), 1_000), /as it is/);
  });
});
