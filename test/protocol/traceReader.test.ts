import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TRACE_FORMAT_VERSION } from '../../src/core/runHeader.ts';
import type { TraceLine } from '../../src/protocol/trace.ts';
import { LONGEST_LINE, TraceReader } from '../../src/protocol/traceReader.ts';
import { formatTraceLine, parseTrace } from '../../src/protocol/traceText.ts';
import { generatedRun, traceOf } from '../support/generatedRun.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';

/** Reads pieces to the end of the file. */
function readAll(reader: TraceReader, chunks: readonly string[]): TraceLine[] {
  return [...chunks.flatMap((chunk) => reader.read(chunk)), ...reader.end()];
}

/** A text cut at places between 0 and 1. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [0, ...places.map((place) => Math.floor(place * text.length)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, index) => text.slice(at[index], end));
}

describe('TraceReader', () => {
  let lines: readonly TraceLine[] = [];
  let texts: readonly string[] = [];
  before(async () => {
    ({ lines } = await scriptedTrace({ question: 'Two lines\nand \ud83d\ude00' }));
    texts = lines.map(formatTraceLine);
  });

  it('gives each line once its line feed has come', () => {
    const reader = new TraceReader();
    const [first = '', second = ''] = texts;
    assert.deepEqual(reader.read(first.slice(0, 10)), []);
    assert.deepEqual(reader.read(first.slice(10) + second.slice(0, -1)), [lines[0]]);
    assert.deepEqual(reader.read('\n'), [lines[1]]);
  });

  it('holds a last line that is incomplete for one that is still being written, until the file is over', () => {
    const reader = new TraceReader();
    const [first = '', second = ''] = texts;
    reader.read(first + second.slice(0, 30));
    assert.equal(reader.damage, null);
    reader.end();
    assert.deepEqual(reader.damage, {
      line: 2,
      message: 'The line is no JSON; it may have been cut off while it was written.',
    });
  });

  it('takes a complete last line without its line feed at the end of the file', () => {
    const reader = new TraceReader();
    assert.deepEqual(readAll(reader, [texts.join('').trimEnd()]), lines);
    assert.equal(reader.damage, null);
    assert.equal(reader.hasEnded, true);
  });

  it('reads nothing behind the damage, and keeps telling it', () => {
    const reader = new TraceReader();
    assert.deepEqual(reader.read(`${texts[0] ?? ''}oops\n`), [lines[0]]);
    const { damage } = reader;
    assert.equal(damage?.line, 2);
    assert.deepEqual(readAll(reader, texts.slice(1)), []);
    assert.equal(reader.damage, damage);
  });

  it('refuses a line without an end, and keeps none of it', () => {
    const reader = new TraceReader();
    const million = 'x'.repeat(1_000_000);
    reader.read(texts[0] ?? '');
    for (let read = 0; read <= LONGEST_LINE; read += million.length) reader.read(million);
    assert.equal(reader.damage?.line, 2);
    assert.match(reader.damage.message, /more than 8 million characters/);
    assert.deepEqual(reader.read(`\n${texts[1] ?? ''}`), []);
  });

  it('refuses steps that are doubled, left out or in another order', () => {
    const stepLines = texts.filter((_, index) => lines[index]?.type === 'step-taken');
    const [one = '', two = '', three = ''] = stepLines;
    const start = texts[0] ?? '';
    for (const [rest, line, message] of [
      [[one, one], 3, 'Step 0 comes where step 1 should be'],
      [[one, three], 3, 'Step 2 comes where step 1 should be'],
      [[two, one], 2, 'Step 1 comes where step 0 should be'],
    ] as const) {
      const reader = new TraceReader();
      reader.read(start + rest.join(''));
      assert.equal(reader.damage?.line, line);
      assert.ok(reader.damage.message.startsWith(message), reader.damage.message);
    }
  });

  it('refuses a second run in the same file, of a newer version as well', () => {
    const newer = (texts[0] ?? '').replace(/"formatVersion":"[\d.]+"/, '"formatVersion":"1.9"');
    for (const start of [texts[0] ?? '', newer]) {
      const reader = new TraceReader();
      reader.read(start + start);
      assert.deepEqual(reader.damage, { line: 2, message: 'Another run begins here; a trace has one.' });
    }
  });

  it('keeps its messages short, whatever the file holds', () => {
    const long = 'x'.repeat(100_000);
    for (const text of [
      `${texts[0] ?? ''}{"type":"${long}"}`,
      `{"type":"run-started","formatVersion":"${'9'.repeat(100_000)}.0"}`,
      `{"type":"${long}"}`,
    ]) {
      const message = parseTrace(text).damage?.message ?? '';
      assert.ok(message !== '' && message.length < 300, message.slice(0, 400));
    }
  });

  it('survives JSON as deep as a line can hold', () => {
    const depth = 1_000_000;
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    assert.equal(parseTrace(deep).damage?.line, 1);
    const extra = `${(texts[0] ?? '').trimEnd().slice(0, -1)},"mood":${deep}}\n`;
    assert.deepEqual(parseTrace(extra + texts.slice(1).join('')), parseTrace(texts.join('')));
  });
});

describe('traces of any run', () => {
  it('come back as they were written, wherever the text is cut', async () => {
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(generatedRun, places, async (run, cuts) => {
        const lines = await traceOf(run);
        const text = lines.map(formatTraceLine).join('');
        const { header, events, damage } = parseTrace(text);
        assert.deepEqual([header, ...events], lines);
        assert.equal(damage, null);
        const reader = new TraceReader();
        assert.deepEqual(readAll(reader, cut(text, cuts)), lines);
        assert.equal(reader.damage, null);
      }),
    );
  });

  it('open the same from a newer minor version, with fields and events that nobody knows yet', async () => {
    const mood = fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.jsonValue() });
    const ours = Number(TRACE_FORMAT_VERSION.split('.')[1]);
    const minor = fc.integer({ min: ours + 1, max: 1_000 });
    await fc.assert(
      fc.asyncProperty(generatedRun, minor, fc.array(mood, { maxLength: 5 }), async (run, version, moods) => {
        const lines = await traceOf(run);
        const written = lines.map((line) =>
          JSON.stringify({
            ...line,
            ...(line.type === 'run-started' && { formatVersion: `1.${version}` }),
            newField: moods,
          }),
        );
        for (const { place, value } of moods) {
          const at = 1 + Math.floor(place * (written.length - 1));
          written.splice(at, 0, JSON.stringify({ type: 'mood-changed', value }));
        }
        const { header, events, damage } = parseTrace(written.join('\n'));
        assert.equal(damage, null);
        assert.deepEqual(
          [{ ...header, formatVersion: lines[0]?.type === 'run-started' && lines[0].formatVersion }, ...events],
          lines,
        );
      }),
    );
  });

  it('open from format 1.0, which knew neither branches nor the candidates of a piece', async () => {
    await fc.assert(
      fc.asyncProperty(generatedRun, async (run) => {
        const lines = await traceOf({ ...run, branch: null });
        const old = lines.map((line) =>
          JSON.stringify(line, (key, value: unknown) => {
            if (key === 'branch') return undefined;
            if (key === 'formatVersion') return '1.0';
            return key === 'pieces' && Array.isArray(value) ? value.map(withoutCandidates) : value;
          }),
        );
        const { header, events, damage } = parseTrace(old.join('\n'));
        assert.equal(damage, null);
        assert.equal(header?.branch, null);
        const steps = events.filter((event) => event.type === 'step-taken');
        assert.ok(steps.every(({ word }) => word.pieces.every(({ candidates }) => candidates.length === 0)));
        assert.equal(events.length, lines.length - 1);
      }),
    );
  });
});

function withoutCandidates(piece: object): object {
  return Object.fromEntries(Object.entries(piece).filter(([key]) => key !== 'candidates'));
}
