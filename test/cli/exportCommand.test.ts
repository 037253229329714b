import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../src/cli/commands.ts';
import { UsageError } from '../../src/cli/usageError.ts';
import { MentorCollabError } from '../../src/core/errors.ts';
import { formatTraceLine } from '../../src/protocol/traceText.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import { ScriptedContext } from './scriptedContext.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

describe('export', () => {
  let context: ScriptedContext;
  beforeEach(async () => {
    context = new ScriptedContext(new ScriptedEngine([]));
    const lines = (await scriptedTrace()).lines.map(formatTraceLine);
    writeFileSync(join(context.workingFolder, 'run.mctrace'), lines.join(''));
    writeFileSync(join(context.workingFolder, 'cut.mctrace'), lines.join('').slice(0, -20));
    writeFileSync(join(context.workingFolder, 'other.txt'), 'Hello\n');
  });
  afterEach(() => {
    rmSync(context.workingFolder, { recursive: true });
  });
  const run = (...args: string[]): ReturnType<typeof runCommand> => runCommand(['export', ...args], context, '0.0.0');

  it('writes each format to standard output', async () => {
    await run('run.mctrace', '--to', 'html');
    assert.match(context.output.written, /^<!doctype html>/);
    context.output.written = '';
    await run('run.mctrace', '--to', 'md');
    assert.match(context.output.written, /^# A run of MentorCollab\n/);
    context.output.written = '';
    await run('run.mctrace', '--to', 'txt');
    assert.match(
      context.output.written,
      /^Question: .*\n\nModels: [^]*The sum is ⟦5\. The answer⟧\[1\] is ⟦5\.⟧\[2\]\n/,
    );
    context.output.written = '';
    await run('run.mctrace', '--to', 'answer');
    assert.equal(context.output.written, '5\n');
    context.output.written = '';
    await run('run.mctrace', '--to', 'json');
    const { answer, header } = JSON.parse(context.output.written) as { answer: string; header: { runId: string } };
    assert.deepEqual([answer, header.runId], ['5', 'run-1']);
    assert.equal(context.messages.written, '');
  });

  it('writes to a file, and then to nowhere else', async () => {
    assert.equal(await run('run.mctrace', '--to', 'html', '--out', 'page.html'), 'done');
    assert.equal(context.output.written, '');
    assert.match(readFileSync(join(context.workingFolder, 'page.html'), 'utf8'), /^<!doctype html>/);
    await assert.rejects(run('run.mctrace', '--to', 'md', '--out', 'none/page.md'), /can't be written to .*none/);
  });

  it('exports what a damaged trace still holds, and warns', async () => {
    assert.equal(await run('cut.mctrace', '--to', 'md'), 'done');
    assert.match(context.messages.written, /cut\.mctrace is damaged at line \d+;.*cut off/);
    assert.match(context.output.written, /The trace is damaged at line/);
    assert.match(context.output.written, /The sum is <ins>5/);
  });

  it('says so when there is no answer to write', async () => {
    const lines = (await scriptedTrace()).lines.slice(0, 3).map(formatTraceLine);
    writeFileSync(join(context.workingFolder, 'begun.mctrace'), lines.join(''));
    await assert.rejects(run('begun.mctrace', '--to', 'answer'), /no answer.*--to txt/);
  });

  it('lets no control characters of a trace reach a terminal', async () => {
    const lines = (await scriptedTrace({ question: 'Beep\u0007 \u001b[31m?' })).lines.map(formatTraceLine);
    writeFileSync(join(context.workingFolder, 'odd.mctrace'), lines.join(''));
    await run('odd.mctrace', '--to', 'txt');
    assert.ok(context.output.written.includes('\u001b'));
    const terminal = new ScriptedContext(new ScriptedEngine([]), { terminal: true });
    await runCommand(['export', join(context.workingFolder, 'odd.mctrace'), '--to', 'txt'], terminal, '0.0.0');
    rmSync(terminal.workingFolder, { recursive: true });
    assert.match(terminal.output.written, /^Question: Beep␇ ␛\[31m\?\n/);
  });

  it('fails over a file that is no trace, or is not there', async () => {
    for (const [file, message] of [
      ['other.txt', /can't be read as a trace.*no JSON/],
      ['none', /can't be read/],
    ] as const) {
      await assert.rejects(
        run(file, '--to', 'html'),
        (error) => error instanceof MentorCollabError && !(error instanceof UsageError) && message.test(error.message),
      );
    }
  });

  it('refuses a format it does not know, and anything but one file', async () => {
    await assert.rejects(
      run('run.mctrace', '--to', 'htm'),
      /must be one of html, md, txt, json, answer\. Did you mean html\?/,
    );
    await assert.rejects(run('run.mctrace'), UsageError);
    await assert.rejects(run('--to', 'html'), UsageError);
    await assert.rejects(run('run.mctrace', 'cut.mctrace', '--to', 'html'), UsageError);
  });
});
