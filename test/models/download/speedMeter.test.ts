import assert from 'node:assert/strict';
import { SpeedMeter } from '../../../src/models/download/speedMeter.ts';

describe('the speed of a download', () => {
  let nowMs = 0;
  let meter = new SpeedMeter(() => nowMs);
  beforeEach(() => {
    nowMs = 0;
    meter = new SpeedMeter(() => nowMs);
  });
  const at = (ms: number, bytes: number, total: number | null = 10_000): ReturnType<SpeedMeter['progress']> => {
    nowMs = ms;
    return meter.progress(bytes, total);
  };

  it('is not told before there is something to tell', () => {
    assert.deepEqual(at(0, 4000), { bytesDone: 4000, bytesTotal: 10_000, bytesPerSecond: null, remainingMs: null });
    assert.equal(at(400, 4100).bytesPerSecond, null);
  });

  it('counts what arrives in this session only, and estimates the rest', () => {
    at(0, 4000);
    assert.deepEqual(at(1000, 5000), { bytesDone: 5000, bytesTotal: 10_000, bytesPerSecond: 1000, remainingMs: 5000 });
    assert.equal(at(2000, 10_000).remainingMs, 0);
  });

  it('follows the last seconds, not the whole past', () => {
    for (let second = 0; second <= 30; second++) at(second * 1000, second * 100);
    assert.equal(at(30_000, 3000).bytesPerSecond, 100);
    for (let second = 31; second <= 42; second++) at(second * 1000, 3000 + (second - 30) * 500);
    assert.equal(at(42_000, 9000).bytesPerSecond, 500);
  });

  it('knows no end while nothing arrives or the size is not known', () => {
    at(0, 0);
    assert.equal(at(5000, 0).remainingMs, null);
    assert.equal(at(6000, 3000, null).remainingMs, null);
  });

  it('begins anew when bytes are taken back', () => {
    at(0, 0);
    at(1000, 5000);
    assert.equal(at(1100, 0).bytesPerSecond, null);
    assert.equal(at(2100, 500).bytesPerSecond, 500);
  });

  it('keeps few samples however often it is told', () => {
    for (let ms = 0; ms <= 20_000; ms += 1) at(ms, ms);
    assert.equal(Math.round(at(20_001, 20_001).bytesPerSecond ?? 0), 1000);
  });
});
