import assert from 'node:assert/strict';
import { readTraceSummary } from '../../../src/host/history/readTraceSummary.ts';
import type { TraceSummary } from '../../../src/host/history/runSummary.ts';
import { INTERRUPTED } from '../../../src/host/runs/runStore.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { formatTraceLine } from '../../../src/protocol/traceText.ts';
import { FileInRam } from '../support/fileInRam.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';

const textOf = (lines: readonly TraceLine[]): string => lines.map(formatTraceLine).join('');

async function summaryOf(text: string): Promise<{ summary: TraceSummary | null; bytesRead: number }> {
  const file = new FileInRam(text);
  const summary = await readTraceSummary('named', (await file.open()) ?? assert.fail('no file'));
  return { summary, bytesRead: file.bytesRead };
}

/** The trace with its end changed. */
async function endedWith(changes: Record<string, unknown>): Promise<string> {
  const lines = await scriptedTrace('run');
  const end = lines.at(-1);
  return textOf(lines.slice(0, -1)) + `${JSON.stringify({ ...end, ...changes })}\n`;
}

describe('the summary of a trace', () => {
  it('tells of a finished run what its first and last line say, under the name of its file', async () => {
    const text = textOf(await scriptedTrace('run', 'What is\n2 + 2?'));
    const { summary } = await summaryOf(text);
    assert.deepEqual(summary, {
      runId: 'named',
      question: 'What is\n2 + 2?',
      startedAtMs: Date.parse('2026-01-02T03:04:05.000Z'),
      phase: 'done',
      isOpen: false,
      answer: '4',
      mentorShare: 0.25,
      steps: 5,
      taken: 1,
      timeMs: 0,
      generatorName: 'scripted',
      mentorName: 'scripted',
      preset: 'always-mentor',
      branch: null,
      sizeBytes: Buffer.byteLength(text),
      problem: null,
    });
  });

  it('reads no more of a long trace than its beginning and its end', async () => {
    const [header, ...events] = await scriptedTrace('run');
    assert.ok(header);
    const middle = textOf(events.slice(0, -1)).repeat(2_000);
    const { summary, bytesRead } = await summaryOf(textOf([header]) + middle + textOf(events.slice(-1)));
    assert.equal(summary?.answer, '4');
    assert.ok(middle.length > 1e6 && bytesRead < 50_000, `${bytesRead} bytes read`);
  });

  it('reads a first line of any length that a question can have', async () => {
    const text = textOf(await scriptedTrace('run')).replaceAll('What is 2 + 2?', 'Why? '.repeat(20_000));
    const { summary } = await summaryOf(text);
    assert.equal(summary?.question.length, 100_000);
    assert.equal(summary.phase, 'done');
  });

  it('tells how a run ended', async () => {
    const failure = { code: 'engine-crashed', message: 'The engine crashed.' };
    for (const [changes, phase, problem] of [
      [{ stop: 'maxTokens' }, 'done', null],
      [{ stop: 'cancelled' }, 'stopped', null],
      [{ stop: 'failed', failure }, 'failed', failure.message],
      [{ stop: 'failed', failure: INTERRUPTED }, 'interrupted', INTERRUPTED.message],
    ] as const) {
      const { summary } = await summaryOf(await endedWith(changes));
      assert.deepEqual([summary?.phase, summary?.problem, summary?.isOpen], [phase, problem, false]);
    }
  });

  it('takes a trace without its end as interrupted, a line that was cut off included', async () => {
    const lines = await scriptedTrace('run');
    for (const text of [
      textOf(lines.slice(0, 1)),
      textOf(lines.slice(0, -1)),
      textOf(lines.slice(0, -1)) + '{"type":"run-ended","sto',
    ]) {
      const { summary } = await summaryOf(text);
      assert.deepEqual([summary?.phase, summary?.isOpen, summary?.mentorShare], ['interrupted', true, null]);
    }
  });

  it('passes over what a newer version tells behind the end', async () => {
    const text = textOf(await scriptedTrace('run')).replace(/"formatVersion":"[\d.]+"/, '"formatVersion":"1.9"');
    const { summary } = await summaryOf(`${text}{"type":"run-rated","stars":5}\n`);
    assert.deepEqual([summary?.phase, summary?.answer], ['done', '4']);
  });

  it('tells of damage at either end, and why', async () => {
    const text = textOf(await scriptedTrace('run'));
    for (const [spoilt, problem] of [
      [`${text}garbage\n`, /last line/],
      [`${text}{"type":"run-ended","stop":"odd"}\n`, /last line/],
      [text.replace(/"formatVersion":"[\d.]+"/, '"formatVersion":"2.0"'), /format 2\.0/],
      [text.replace('"prompt":{', '"prompt":['), /no JSON/],
    ] as const) {
      const { summary } = await summaryOf(spoilt);
      assert.equal(summary?.phase, 'damaged');
      assert.match(summary.problem ?? '', problem);
    }
  });

  it('is none for a file that is no trace, or has no whole line yet', async () => {
    for (const text of ['', '\n\n', 'Dear diary,\n', '{"type":"other"}\n', '{"type":"run-started"', '\0\0\0\n']) {
      assert.equal((await summaryOf(text)).summary, null, JSON.stringify(text));
    }
  });

  it('takes the time of the file for a start that is no time', async () => {
    const text = textOf(await scriptedTrace('run')).replace('2026-01-02T03:04:05.000Z', 'yesterday');
    assert.equal((await summaryOf(text)).summary?.startedAtMs, 0);
  });
});
