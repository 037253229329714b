import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileMemory } from '../../../src/host/runs/fileMemory.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

describe('FileMemory', () => {
  const folder = useTemporaryFolder();
  const at = (name: string, log = new RecordingLog()) => new FileMemory(join(folder(), name), log);

  it('gives to the next window what the last one wrote', () => {
    at('deep/er/memory.json').write({ question: 'Why?', lines: [1, 2] });
    at('deep/er/memory.json').write({ question: 'How?' });
    assert.deepEqual(at('deep/er/memory.json').read(), { question: 'How?' });
  });

  it('remembers nothing before the first write, nor from a broken file', () => {
    assert.equal(at('never.json').read(), undefined);
    writeFileSync(join(folder(), 'broken.json'), '{"question":');
    assert.equal(at('broken.json').read(), undefined);
  });

  it('logs that it cannot write, and goes on', () => {
    writeFileSync(join(folder(), 'a-file'), '');
    const log = new RecordingLog();
    at('a-file/memory.json', log).write({});
    assert.equal(log.lines.length, 1);
    assert.match(log.lines[0] ?? '', /^error The run on show can't be remembered/);
  });
});
