import assert from 'node:assert/strict';
import { CRASH_WINDOW_MS, CRASHES_ALLOWED, RestartLimit } from '../../../src/host/engine/restartLimit.ts';

describe('RestartLimit', () => {
  function createLimit() {
    const clock = { ms: 1_000 };
    return { clock, limit: new RestartLimit(() => clock.ms) };
  }

  it('allows a start until so many crashes came within the window', () => {
    const { limit } = createLimit();
    for (let i = 0; i < CRASHES_ALLOWED - 1; i++) limit.noteCrash();
    assert.equal(limit.waitMs, 0);
    limit.noteCrash();
    assert.equal(limit.waitMs, CRASH_WINDOW_MS);
  });

  it('allows a start again once the oldest of them is out of the window', () => {
    const { clock, limit } = createLimit();
    for (let i = 0; i < CRASHES_ALLOWED; i++) {
      limit.noteCrash();
      clock.ms += 10;
    }
    assert.equal(limit.waitMs, CRASH_WINDOW_MS - 10 * CRASHES_ALLOWED);
    clock.ms += limit.waitMs;
    assert.equal(limit.waitMs, 0);
  });

  it('forgives crashes that are far apart', () => {
    const { clock, limit } = createLimit();
    for (let i = 0; i < 10; i++) {
      limit.noteCrash();
      clock.ms += CRASH_WINDOW_MS;
    }
    assert.equal(limit.waitMs, 0);
  });
});
