import { fileSource } from '../../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { Comparer } from '../../../src/host/compare/comparer.ts';
import type { Comparison } from '../../../src/host/compare/comparison.ts';
import { Emitter } from '../../../src/host/emitter.ts';
import { RunController } from '../../../src/host/runs/runController.ts';
import { RunStore } from '../../../src/host/runs/runStore.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { FakeEngine } from '../support/fakeEngine.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';
import { MemoryInRam } from '../support/memoryInRam.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

describe('comparing kept runs', () => {
  const folder = useTemporaryFolder();

  function createComparer() {
    const engine = new FakeEngine();
    const scheduler = new ManualScheduler();
    const store = new RunStore(folder(), new MemoryInRam());
    const sources = {
      readSetting: () => undefined,
      resolveModel: (reference: string) => fileSource(`/models/${reference}`),
      mayLoad: () => true,
    };
    const log = new RecordingLog();
    const runs = new RunController({ ...sources, engine, store, scheduler, log, now: () => 0, newRunId: () => 'new' });
    const shown: Comparison[] = [];
    const relations = {
      titleOf: (runId: string) => (runId === 'named' ? 'My own name' : null),
      familyOf: () => [],
      onDidChange: new Emitter<void>().event,
    };
    const comparer = new Comparer({ ...sources, runs, store, relations, show: (each) => shown.push(each) });
    const keep = (lines: readonly TraceLine[], runId: string): void => {
      writeFileSync(store.pathOf(runId), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    };
    return { engine, store, comparer, shown, keep };
  }

  async function branchOf(parentRunId: string): Promise<readonly TraceLine[]> {
    const [header, ...events] = await scriptedTrace('branch');
    assert.ok(header?.type === 'run-started');
    return [{ ...header, branch: { parentRunId, step: 1, change: { type: 'without-mentor' } } }, ...events];
  }

  it('shows them in the order given, without the engine, each told apart from the others', async () => {
    const { engine, comparer, shown, keep } = createComparer();
    keep(await scriptedTrace('plain'), 'plain');
    keep(await scriptedTrace('named'), 'named');
    const { content } = await comparer.compareRuns(['named', 'plain', 'named']);
    assert.equal(shown.length, 1);
    assert.deepEqual(
      content.columns.map(({ title, runId, arm }) => [title, runId, arm]),
      [
        ['My own name', 'named', null],
        ['scripted with scripted', 'plain', null],
      ],
    );
    assert.match(content.columns[0]?.detail ?? '', /2026.*, always-mentor$/);
    assert.deepEqual(content.progress, { phase: 'done', message: null, canResume: false });
    assert.equal(engine.solves.length, 0);
  });

  it('shows a branch beside its parent, which is the reference', async () => {
    const { comparer, keep } = createComparer();
    keep(await scriptedTrace('parent'), 'parent');
    keep(await branchOf('parent'), 'branch');
    const { content } = await comparer.compareWithParent('branch');
    assert.deepEqual(
      content.columns.map(({ title, isBranch }) => [title, isBranch]),
      [
        ['scripted with scripted', false],
        ['Branch at step 1: without the mentor', true],
      ],
    );
  });

  it('refuses too few or too many, what is not kept, and a parent that there is not', async () => {
    const { comparer, shown, keep } = createComparer();
    keep(await scriptedTrace('a'), 'a');
    keep(await branchOf('gone'), 'orphan');
    await assert.rejects(comparer.compareRuns(['a', 'a']), /two to 4 different runs/);
    await assert.rejects(comparer.compareRuns(['a', 'b', 'c', 'd', 'e']), /two to 4 different runs/);
    await assert.rejects(comparer.compareRuns(['a', 'not-there']), /no longer kept/);
    await assert.rejects(comparer.compareRuns(['a', '../a']), /no longer kept/);
    await assert.rejects(comparer.compareWithParent('a'), /is no branch/);
    await assert.rejects(comparer.compareWithParent('orphan'), /no longer kept/);
    assert.equal(shown.length, 0);
  });

  it('comes back from what a page has saved, without the runs that are gone, and can run their arms', async () => {
    const { comparer, keep } = createComparer();
    keep(await scriptedTrace('there'), 'there');
    const columns = [
      { arm: 'generator', runId: 'there' },
      { arm: 'pair', runId: 'gone' },
      { arm: null, runId: 'there' },
      { arm: null, runId: 'gone' },
    ];
    const { content } = await comparer.restore({ question: 'Q', columns, isSynchronised: true });
    assert.deepEqual(
      content.columns.map(({ title, runId }) => [title, runId]),
      [
        ['Generator alone', 'there'],
        ['Pair', null],
        ['scripted with scripted', 'there'],
      ],
    );
    assert.equal(content.progress.canResume, true);
  });

  it('comes back empty from a state that is none', async () => {
    const { comparer } = createComparer();
    for (const saved of [null, 'x', { question: 3 }, { question: '', columns: [{ arm: 'other', runId: 1 }] }])
      assert.deepEqual((await comparer.restore(saved)).content.columns, []);
  });
});
