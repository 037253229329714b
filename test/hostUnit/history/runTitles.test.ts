import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LONGEST_TITLE, RunTitles } from '../../../src/host/history/runTitles.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

describe('titles of runs', () => {
  const folder = useTemporaryFolder();
  const open = (name: string, log = new RecordingLog()): RunTitles =>
    new RunTitles(join(folder(), name, 'titles.json'), log);

  it('are kept over the end of the window, on one line and no longer than they may be', () => {
    const titles = open('kept');
    titles.set(['a'], '  My\n title ');
    titles.set(['b'], 'x'.repeat(1_000));
    const again = open('kept');
    assert.equal(again.titleOf('a'), 'My title');
    assert.equal(again.titleOf('b')?.length, LONGEST_TITLE);
    assert.equal(again.titleOf('c'), null);
    again.set(['a'], ' ');
    assert.equal(open('kept').titleOf('a'), null);
    assert.deepEqual(readdirSync(join(folder(), 'kept')), ['titles.json']);
  });

  it('of two windows do not undo one another', () => {
    const [first, second] = [open('two'), open('two')];
    first.set(['a'], 'A');
    second.set(['b'], 'B');
    assert.equal(second.titleOf('a'), 'A');
    assert.equal(first.read(), true);
    assert.equal(first.titleOf('b'), 'B');
    assert.equal(first.read(), false);
  });

  it('that can’t be read are none, which the log tells, and do not keep new ones from being given', () => {
    const path = join(folder(), 'odd.json');
    for (const text of ['', '{', '[]', '{"titles":[]}', '{"titles":{"a":1}}']) {
      writeFileSync(path, text);
      const log = new RecordingLog();
      const titles = new RunTitles(path, log);
      assert.equal(titles.titleOf('a'), null);
      assert.equal(log.lines.length, 1);
      titles.set(['a'], 'A');
      assert.match(readFileSync(path, 'utf8'), /"a": "A"/);
    }
  });

  it('of what can be no run are left out', () => {
    const path = join(folder(), 'names.json');
    writeFileSync(path, '{"titles":{"../x":"X","__proto__":"P","constructor":"C","a":"A"}}');
    const titles = new RunTitles(path, new RecordingLog());
    assert.deepEqual(
      ['../x', '__proto__', 'a', 'toString'].map((runId) => titles.titleOf(runId)),
      [null, null, 'A', null],
    );
  });
});
