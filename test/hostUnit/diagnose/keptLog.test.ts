import assert from 'node:assert/strict';
import { KeptLog } from '../../../src/host/diagnose/keptLog.ts';
import { RecordingLog } from '../support/recordingLog.ts';

describe('a log that keeps its end', () => {
  it('passes every line on, and keeps it with its time and level', () => {
    const target = new RecordingLog();
    const log = new KeptLog(target, () => 0);
    log.debug('a');
    log.warn('b\nc');
    log.show();
    assert.deepEqual(target.lines, ['debug a', 'warn b\nc', 'shown']);
    assert.equal(log.tail, '1970-01-01T00:00:00.000Z [debug] a\n1970-01-01T00:00:00.000Z [warning] b\nc');
  });

  it('forgets the oldest lines, so that it never grows', () => {
    const log = new KeptLog(new RecordingLog(), () => 0);
    for (let line = 0; line < 1_000; line++) log.error(String(line));
    const lines = log.tail.split('\n');
    assert.equal(lines.length, 200);
    assert.match(lines[0] ?? '', /800$/);
    assert.match(lines.at(-1) ?? '', /999$/);
  });
});
