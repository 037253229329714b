import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TraceFile } from '../../src/cli/traceFile.ts';
import { MentorCollabError } from '../../src/core/errors.ts';
import { parseTrace } from '../../src/protocol/traceText.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';

describe('TraceFile', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'mentorcollab-trace-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('holds every line as soon as it is written', async () => {
    const { lines, header, events } = await scriptedTrace();
    const file = TraceFile.open(join(folder, 'live.mctrace'));
    for (const [index, line] of lines.entries()) {
      file.write(line);
      assert.deepEqual(parseTrace(readFileSync(file.path, 'utf8')), {
        header,
        events: events.slice(0, index),
        damage: null,
      });
    }
    file.close();
  });

  it('replaces an older file with its first line, not before', async () => {
    const { lines } = await scriptedTrace();
    const path = join(folder, 'old.mctrace');
    writeFileSync(path, 'an older and much longer trace\n'.repeat(1_000));
    const unused = TraceFile.open(path);
    unused.close();
    unused.close();
    assert.match(readFileSync(path, 'utf8'), /^an older/);
    const file = TraceFile.open(path);
    for (const line of lines.slice(0, 1)) file.write(line);
    file.close();
    assert.equal(readFileSync(path, 'utf8'), `${JSON.stringify(lines[0])}\n`);
  });

  it('leaves no empty file behind', () => {
    const path = join(folder, 'none.mctrace');
    TraceFile.open(path).close();
    assert.equal(existsSync(path), false);
  });

  it('says at once that a place can not be written to', () => {
    assert.throws(
      () => TraceFile.open(join(folder, 'nowhere', 'x.mctrace')),
      (error) => error instanceof MentorCollabError && /can't be written to .*nowhere/.test(error.message),
    );
  });
});
