import assert from 'node:assert/strict';
import { TRACE_FORMAT_VERSION } from '../../src/core/runHeader.ts';
import { formatTraceLine, parseTrace } from '../../src/protocol/traceText.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import type { ScriptedTrace } from '../support/scriptedTrace.ts';

describe('parseTrace', () => {
  let trace: ScriptedTrace;
  let lines: readonly string[] = [];
  before(async () => {
    trace = await scriptedTrace({ question: 'Two lines\nand "quotes" \u2028 and \ud83d\ude00' });
    lines = trace.lines.map(formatTraceLine);
  });
  /** The header with other fields, as a line. */
  const header = (fields: object): string => `${JSON.stringify({ ...trace.header, ...fields })}\n`;

  it('gives back what was written, line by line', () => {
    assert.ok(lines.every((line) => line.indexOf('\n') === line.length - 1));
    assert.deepEqual(parseTrace(lines.join('')), { header: trace.header, events: trace.events, damage: null });
  });

  it('reads what this version writes', () => {
    assert.equal(trace.header.formatVersion, TRACE_FORMAT_VERSION);
  });

  it('does not mind a byte order mark, carriage returns, blank lines or a missing last line feed', () => {
    const text = `\ufeff${lines.join('\n').replaceAll('\n', '\r\n')}`.trimEnd();
    assert.deepEqual(parseTrace(text), { header: trace.header, events: trace.events, damage: null });
  });

  it('keeps everything before a last line that was cut off, wherever the cut is', () => {
    const whole = lines.slice(0, 5).join('');
    const last = lines[5] ?? '';
    for (let length = 1; length < last.length - 1; length += 7) {
      const { header, events, damage } = parseTrace(whole + last.slice(0, length));
      assert.deepEqual(header, trace.header);
      assert.deepEqual(events, trace.events.slice(0, 4));
      assert.equal(damage?.line, 6);
      assert.match(damage.message, /cut off/);
    }
  });

  it('takes a trace without an end as it is', () => {
    assert.deepEqual(parseTrace(lines.slice(0, 5).join('')).damage, null);
  });

  it('stops at a line of another shape and names the place', () => {
    const bad = { ...trace.events[0], tokens: -1 };
    const { events, damage } = parseTrace(`${lines[0] ?? ''}${JSON.stringify(bad)}\n${lines[2] ?? ''}`);
    assert.deepEqual(events, []);
    assert.equal(damage?.line, 2);
    assert.match(damage.message, /"prompt-read".*tokens/);
  });

  it('stops at an event type that this version would know', () => {
    const { damage } = parseTrace(`${lines[0] ?? ''}{"type":"mood-changed"}\n${lines[1] ?? ''}`);
    assert.deepEqual(damage, { line: 2, message: '"mood-changed" is no event of a trace.' });
  });

  it('passes over what a newer minor version has added', () => {
    const text = `${header({ formatVersion: '1.7', mood: 'good' })}{"type":"mood-changed"}\n${lines.slice(1).join('')}`;
    const parsed = parseTrace(text);
    assert.deepEqual(parsed, {
      header: { ...trace.header, formatVersion: '1.7' },
      events: trace.events,
      damage: null,
    });
  });

  it('refuses another major version and says which way the difference goes', () => {
    const newer = parseTrace(header({ formatVersion: '2.0' }) + lines.slice(1).join(''));
    assert.equal(newer.header, null);
    assert.deepEqual(newer.events, []);
    assert.match(newer.damage?.message ?? '', /format 2\.0.*reads format 1\. Update/);
    assert.doesNotMatch(parseTrace(header({ formatVersion: '0.9' })).damage?.message ?? '', /Update/);
  });

  it('says of a newer minor version that it is newer where it can not follow it', () => {
    const settings = { ...trace.header.settings, preset: 'brand-new' };
    const { header: read, damage } = parseTrace(header({ formatVersion: '1.7', settings }));
    assert.equal(read, null);
    assert.match(damage?.message ?? '', /settings\.preset.*newer version/s);
  });

  it('refuses what is no trace', () => {
    for (const text of ['', '\n\n', 'Hello\nworld', '{"a":1}', '[1]', 'null', '3', lines[1] ?? '']) {
      const parsed = parseTrace(text);
      assert.equal(parsed.header, null, text);
      assert.equal(parsed.damage?.line, 1, text);
    }
  });

  it('ends with the run', () => {
    const { events, damage } = parseTrace(lines.join('') + (lines[1] ?? ''));
    assert.deepEqual(events, trace.events);
    assert.equal(damage?.line, lines.length + 1);
  });
});
