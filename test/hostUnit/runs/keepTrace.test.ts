import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepTrace } from '../../../src/host/runs/keepTrace.ts';
import { RunStore } from '../../../src/host/runs/runStore.ts';
import { parseTrace } from '../../../src/protocol/traceText.ts';
import { scriptedTrace } from '../../support/scriptedTrace.ts';
import { MemoryInRam } from '../support/memoryInRam.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const NAME = '20260102T030405-0123abcd';

describe('keepTrace', () => {
  const folder = useTemporaryFolder();

  function keeper(name: string) {
    const store = new RunStore(join(folder(), name), new MemoryInRam());
    let made = 0;
    return { store, pathOf: (runId: string) => store.pathOf(runId), newRunId: () => `fresh-${++made}` };
  }

  it('keeps a run under its own name, where it can be opened like any other', async () => {
    const { header, events } = await scriptedTrace();
    const kept = keeper('own');
    const runId = await keepTrace({ header: { ...header, runId: NAME }, events, damage: null }, kept);
    assert.equal(runId, NAME);
    const run = await kept.store.read(NAME);
    assert.deepEqual(run?.lines, [{ ...header, runId: NAME }, ...events]);
    assert.deepEqual(run.state, { phase: 'done' });
  });

  it('takes a fresh name where its own is taken, and touches nothing that is there', async () => {
    const { header, events } = await scriptedTrace();
    const kept = keeper('taken');
    await keepTrace({ header: { ...header, runId: NAME }, events, damage: null }, kept);
    const before = readFileSync(kept.pathOf(NAME), 'utf8');
    const other = { header: { ...header, runId: NAME }, events: events.slice(0, 3), damage: null };
    assert.equal(await keepTrace(other, kept), 'fresh-1');
    assert.equal(readFileSync(kept.pathOf(NAME), 'utf8'), before);
    const { header: copied, events: rest } = parseTrace(readFileSync(kept.pathOf('fresh-1'), 'utf8'));
    assert.equal(copied?.runId, 'fresh-1');
    assert.deepEqual(rest, other.events);
  });

  it('makes no path of a name that is not one of ours', async () => {
    const { header, events } = await scriptedTrace();
    const kept = keeper('foreign');
    for (const runId of ['../../evil', '/etc/passwd', 'CON', '', `${NAME}/..`, `${NAME}\n`, 'x'.repeat(5_000)]) {
      assert.match(await keepTrace({ header: { ...header, runId }, events, damage: null }, kept), /^fresh-\d$/);
    }
    assert.equal(readdirSync(join(folder(), 'foreign')).length, 7);
  });
});
