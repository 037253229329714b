import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Emitter } from '../../../src/host/emitter.ts';
import { KEPT_DELETED_MS } from '../../../src/host/history/deletedRuns.ts';
import { LIVE_MS, LOOK_MS, QUIET_MS, RunHistory } from '../../../src/host/history/runHistory.ts';
import type { HostRun } from '../../../src/host/runs/hostRun.ts';
import { traceFileName } from '../../../src/host/runs/traceFileName.ts';
import { DiskFile } from '../../../src/host/traceFile/diskFile.ts';
import type { FileContent } from '../../../src/host/traceFile/fileContent.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { formatTraceLine } from '../../../src/protocol/traceText.ts';
import { anyDamage } from '../../support/damagedTrace.ts';
import { generatedRun, traceOf } from '../../support/generatedRun.ts';
import { branchFrom, keepRun, writeRunFile } from '../support/keptRuns.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

/** Opens files of the disk, and counts them. */
class CountingDisk {
  opened = 0;

  readonly open = (path: string): FileContent => {
    this.opened += 1;
    return new DiskFile(path);
  };
}

describe('RunHistory', () => {
  const temporary = useTemporaryFolder();
  const open: RunHistory[] = [];
  let folders = 0;

  afterEach(() => {
    for (const history of open.splice(0)) history.dispose();
  });

  function createHistory(folder = join(temporary(), `window-${folders++}`, 'runs')) {
    const updates = new Emitter<HostRun>();
    const scheduler = new ManualScheduler();
    scheduler.nowMs = Date.parse('2026-02-01T00:00:00Z');
    const disk = new CountingDisk();
    const log = new RecordingLog();
    const history = new RunHistory({
      ...{ folder, scheduler, log },
      runs: { onDidUpdate: updates.event },
      now: () => scheduler.nowMs,
      openFile: disk.open,
    });
    open.push(history);
    const changes = { relations: 0, all: 0 };
    history.onDidChange(() => (changes.relations += 1));
    history.onDidUpdate(() => (changes.all += 1));
    return { folder, updates, scheduler, disk, log, history, changes };
  }

  const namesIn = (history: RunHistory): readonly string[] => history.runs.map(({ runId }) => runId);
  const updated = (history: RunHistory, is: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const listening = history.onDidUpdate(() => {
        if (!is()) return;
        listening.dispose();
        resolve();
      });
    });
  const liveRun = (runId: string, lines: readonly TraceLine[], state: HostRun['state']): HostRun => ({
    ...{ runId, lines, state },
    question: 'What is 2 + 2?',
    origin: null,
    generatorName: 'demo-small',
    mentorName: 'demo-mentor',
    preset: 'paper-free',
    notice: null,
    branch: null,
    parent: null,
  });

  it('lists kept runs, newest first, and none where there is no folder', async () => {
    const { folder, history } = createHistory();
    await history.refresh();
    assert.deepEqual(history.runs, []);
    await keepRun(folder, 'old', { startedAt: '2026-01-01T00:00:00Z' });
    await keepRun(folder, 'new', { startedAt: '2026-01-03T00:00:00Z' });
    await keepRun(folder, 'middle', { startedAt: '2026-01-02T00:00:00Z' });
    await history.refresh();
    assert.deepEqual(namesIn(history), ['new', 'middle', 'old']);
  });

  it('reads each file once, and again only what has changed', async () => {
    const { folder, history, disk } = createHistory();
    const lines = (await keepRun(folder, 'run-0')).map(formatTraceLine).join('');
    for (let run = 1; run < 1_000; run++) writeRunFile(folder, `run-${run}`, lines);
    writeRunFile(folder, 'diary', 'Dear diary,\n');
    await history.refresh();
    assert.deepEqual([history.runs.length, disk.opened], [1_000, 1_001]);
    await history.refresh();
    assert.equal(disk.opened, 1_001);
    appendFileSync(join(folder, traceFileName('run-7')), 'garbage\n');
    rmSync(join(folder, traceFileName('run-8')));
    await history.refresh();
    assert.deepEqual([history.runs.length, disk.opened], [999, 1_002]);
    assert.equal(history.find('run-7')?.phase, 'damaged');
  });

  it('lists any set of traces, however damaged, and leaves out what is none', async () => {
    const foreign = fc.constantFrom<(string | Uint8Array)[]>(
      '',
      '\n',
      'x'.repeat(70_000),
      '{"type":"run-started"}\n',
      new Uint8Array(5_000),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(generatedRun, anyDamage), { maxLength: 4 }), foreign, async (runs, other) => {
        const { folder, history } = createHistory();
        for (const [index, [run, damage]] of runs.entries()) {
          const text = (await traceOf(run)).map(formatTraceLine).join('');
          writeRunFile(folder, `whole-${index}`, text);
          writeRunFile(folder, `spoilt-${index}`, damage(text));
        }
        writeRunFile(folder, 'foreign', other);
        await history.refresh();
        for (const index of runs.keys()) assert.ok(history.find(`whole-${index}`), `whole-${index} is listed`);
        for (const { runId } of history.runs) {
          assert.equal(history.titleOf(runId), null);
          history.familyOf(runId);
        }
        history.dispose();
      }),
      { numRuns: 60 },
    );
  });

  it('takes nothing for a run that is no file, or has no name of a run', async () => {
    const { folder, history } = createHistory();
    await keepRun(folder, 'run');
    mkdirSync(join(folder, traceFileName('folder')));
    writeFileSync(join(folder, 'notes.txt'), 'Notes');
    writeRunFile(folder, 'two words', (await scriptedTrace('run')).map(formatTraceLine).join(''));
    await history.refresh();
    assert.deepEqual(namesIn(history), ['run']);
  });

  it('sees what another window keeps, names and deletes', async () => {
    const { folder, history, scheduler } = createHistory();
    await history.start();
    const appeared = updated(history, () => history.find('other')?.title === 'Theirs');
    const another = createHistory(folder).history;
    await keepRun(folder, 'other');
    await another.refresh();
    another.rename('other', 'Theirs');
    // Events of the folder come when the system sends them; time passes for as long as it takes.
    const passing = setInterval(() => {
      scheduler.pass(LOOK_MS);
    }, 5);
    try {
      await appeared;
      const vanished = updated(history, () => history.runs.length === 0);
      await another.delete(['other']);
      await vanished;
      assert.equal(history.canUndoDelete, true);
    } finally {
      clearInterval(passing);
    }
  });

  it('knows the run under way without its file, and reads that once when the run is over', async () => {
    const { folder, history, updates, scheduler, disk, changes } = createHistory();
    await history.refresh();
    const lines: TraceLine[] = [];
    const reasoning = { phase: 'reasoning', sinceMs: 0 } as const;
    updates.fire(liveRun('live', lines, { phase: 'loading', role: 'generator', fraction: 0, sinceMs: 0 }));
    assert.equal(history.find('live')?.phase, 'running');
    const trace = await scriptedTrace('live');
    lines.push(...trace.slice(0, -1));
    updates.fire(liveRun('live', lines, reasoning));
    writeRunFile(folder, 'live', lines.map(formatTraceLine).join(''));
    const before = { ...changes };
    scheduler.pass(LIVE_MS);
    assert.deepEqual([history.find('live')?.steps, history.find('live')?.taken], [5, 1]);
    assert.equal(changes.all, before.all + 1);
    assert.equal(changes.relations, before.relations);
    assert.equal(disk.opened, 0);

    lines.push(...trace.slice(-1));
    await keepRun(folder, 'live');
    const settled = updated(history, () => (history.find('live')?.sizeBytes ?? 0) > 0);
    updates.fire(liveRun('live', lines, { phase: 'done' }));
    assert.equal(history.find('live')?.answer, '4');
    await settled;
    assert.deepEqual([history.find('live')?.phase, history.runs.length, disk.opened], ['done', 1, 1]);
    scheduler.pass(LIVE_MS * 3);
    assert.equal(disk.opened, 1);
  });

  it('forgets a run that could not begin, since nothing of it is kept', async () => {
    const { history, updates } = createHistory();
    updates.fire(liveRun('never', [], { phase: 'loading', role: 'generator', fraction: 0, sinceMs: 0 }));
    const gone = updated(history, () => history.runs.length === 0);
    updates.fire(liveRun('never', [], { phase: 'failed', message: 'No such model.', actions: [] }));
    await gone;
  });

  it('takes a trace without an end for a run of another window as long as it is written', async () => {
    const { folder, history, scheduler } = createHistory();
    await keepRun(folder, 'theirs', { cutLines: 1, writtenAtMs: scheduler.nowMs - 1_000 });
    await keepRun(folder, 'broken', { cutLines: 1, writtenAtMs: scheduler.nowMs - QUIET_MS });
    await history.refresh();
    assert.deepEqual([history.find('theirs')?.phase, history.find('broken')?.phase], ['running', 'interrupted']);
    await assert.rejects(history.delete(['broken', 'theirs']), { code: 'bad-input', message: /still goes on/ });
    assert.equal(history.runs.length, 2);
    scheduler.pass(QUIET_MS);
    assert.equal(history.find('theirs')?.phase, 'interrupted');
  });

  it('tells of titles and branches as they change', async () => {
    const { folder, history, changes } = createHistory();
    await keepRun(folder, 'parent');
    await keepRun(folder, 'child', { branch: branchFrom('parent'), startedAt: '2026-01-05T00:00:00Z' });
    await history.refresh();
    const before = changes.relations;
    history.rename('parent', 'My run');
    assert.equal(changes.relations, before + 1);
    assert.deepEqual([history.titleOf('parent'), history.find('parent')?.title], ['My run', 'My run']);
    assert.deepEqual(
      history.familyOf('child').map(({ runId, title, depth, answerChanged }) => [runId, title, depth, answerChanged]),
      [
        ['parent', 'My run', 0, null],
        ['child', 'What is 2 + 2?', 1, false],
      ],
    );
    await history.delete(['parent']);
    assert.deepEqual(history.familyOf('child'), []);
    assert.deepEqual(
      history.families.roots.map(({ runId }) => runId),
      ['child'],
    );
  });

  it('brings back what was deleted last, with its titles, and then what was deleted before', async () => {
    const { folder, history, scheduler } = createHistory();
    for (const runId of ['a', 'b', 'c']) await keepRun(folder, runId);
    await history.refresh();
    history.rename('b', 'B');
    await history.delete(['a']);
    scheduler.nowMs += 1;
    await history.delete(['b', 'c', 'never-was']);
    assert.deepEqual([history.runs, history.canUndoDelete], [[], true]);
    assert.deepEqual((await history.undoDelete()).toSorted(), ['b', 'c']);
    assert.deepEqual(namesIn(history).toSorted(), ['b', 'c']);
    assert.equal(history.find('b')?.title, 'B');
    assert.deepEqual(await history.undoDelete(), ['a']);
    assert.deepEqual([await history.undoDelete(), history.canUndoDelete], [[], false]);
    assert.equal(history.runs.length, 3);
  });

  it('brings back what an older deletion took, and nothing else, once', async () => {
    const { folder, history, scheduler } = createHistory();
    for (const runId of ['a', 'b']) await keepRun(folder, runId);
    await history.refresh();
    const first = await history.delete(['a']);
    scheduler.nowMs += 1;
    await history.delete(['b']);
    assert.deepEqual(await history.undoDelete(first), ['a']);
    assert.deepEqual(await history.undoDelete(first), []);
    assert.deepEqual(namesIn(history), ['a']);
  });

  it('does not replace a run that was kept again meanwhile', async () => {
    const { folder, history } = createHistory();
    await keepRun(folder, 'a', { question: 'Before?' });
    await history.refresh();
    await history.delete(['a']);
    await keepRun(folder, 'a', { question: 'After?' });
    assert.deepEqual(await history.undoDelete(), []);
    await history.refresh();
    assert.equal(history.find('a')?.question, 'After?');
  });

  it('deletes for good what was deleted a day ago, at the next start, and its title', async () => {
    const { folder, history, scheduler } = createHistory();
    await keepRun(folder, 'a');
    await history.refresh();
    history.rename('a', 'A');
    await history.delete(['a']);
    const aside = join(folder, '..', 'deletedRuns');
    const early = createHistory(folder);
    early.scheduler.nowMs = scheduler.nowMs + KEPT_DELETED_MS - 1;
    await early.history.start();
    assert.equal(early.history.canUndoDelete, true);
    const late = createHistory(folder);
    late.scheduler.nowMs = scheduler.nowMs + KEPT_DELETED_MS;
    await late.history.start();
    assert.equal(late.history.canUndoDelete, false);
    assert.ok(existsSync(aside));
    assert.deepEqual(readdirSync(aside), []);
    assert.equal(late.history.titleOf('a'), null);
  });
});
