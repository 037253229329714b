import assert from 'node:assert/strict';
import {
  formatDuration,
  formatElapsed,
  formatModelTime,
  formatNats,
  formatParameters,
  formatProbability,
  formatRate,
  formatShare,
} from '../../../src/webview/model/numberFormats.ts';

describe('number formats', () => {
  it('show shares, and never a small one as 0', () => {
    assert.deepEqual([0, 0.0004, 0.066, 0.2, 1].map(formatShare), ['0%', '<0.1%', '6.6%', '20%', '100%']);
  });

  it('show probabilities, and never a small one as 0.00', () => {
    assert.deepEqual([0, 0.001, 0.33, 1].map(formatProbability), ['0.00', '<0.01', '0.33', '1.00']);
  });

  it('show how long something took', () => {
    assert.deepEqual([0, 640, 9_960, 42_400, 185_000].map(formatDuration), [
      '0.0 s',
      '0.6 s',
      '10 s',
      '42 s',
      '3 min 05 s',
    ]);
  });

  it('show whole seconds passed on a clock, also when clocks disagree', () => {
    assert.deepEqual([-5, 999, 4_999, 60_000].map(formatElapsed), ['0 s', '0 s', '4 s', '1 min 00 s']);
  });

  it('show time in a model', () => {
    assert.deepEqual([0.42, 31, 310.4, 2_400].map(formatModelTime), ['0.4 ms', '31 ms', '310 ms', '2.4 s']);
  });

  it('show the size of models', () => {
    assert.deepEqual([160_000, 2_200_000, 135e6, 1.7e9, 8e9].map(formatParameters), [
      '0.16 M',
      '2.2 M',
      '135 M',
      '1.7 B',
      '8 B',
    ]);
  });

  it('show rates and nats', () => {
    assert.deepEqual([4.21, 126.4].map(formatRate), ['4.2', '126']);
    assert.equal(formatNats(-1.005), '−1.00');
  });
});
