import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeptBenchmarks } from '../../../src/host/benchmark/keptBenchmarks.ts';
import { FileLock } from '../../../src/models/fileLock.ts';
import { sampleReport } from '../../support/benchReport/sampleReport.ts';
import { summaryOf } from '../support/benchmarkSummaryOf.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const { format, version, choice, runs, generatorName, mentorName } = summaryOf({});
const factsAt = (startedMs: number) => ({ format, version, choice, startedMs, runs, generatorName, mentorName });

describe('kept benchmarks', () => {
  const folder = useTemporaryFolder();
  const log = new RecordingLog();
  const none = (): boolean => false;
  let kept: KeptBenchmarks;
  let count = 0;
  beforeEach(() => {
    kept = new KeptBenchmarks(join(folder(), `benchmarks-${count++}`), log);
  });

  it('are none before there was one', async () => {
    assert.deepEqual(await kept.list(none), []);
  });

  it('are listed newest first, with how many runs of each are done', async () => {
    const first = await kept.create(factsAt(1_000));
    const second = await kept.create(factsAt(2_000));
    const done = JSON.stringify({ type: 'run-done', arm: 'a', item: 'b', seed: 1, stop: 'end' });
    writeFileSync(join(kept.pathOf(first), 'results.jsonl'), `${done}\n`);
    const listed = await kept.list(none);
    assert.deepEqual(
      listed.map((summary) => [summary.name, summary.done, summary.runs]),
      [
        [second, 0, 180],
        [first, 1, 180],
      ],
    );
  });

  it('leave out what is none, and say so in the log', async () => {
    mkdirSync(kept.pathOf('stray'), { recursive: true });
    mkdirSync(kept.pathOf('damaged'), { recursive: true });
    writeFileSync(join(kept.pathOf('damaged'), 'benchmark.json'), '{');
    assert.deepEqual(await kept.list(none), []);
    assert.ok(log.lines.some((line) => line.includes('damaged')));
    assert.ok(!log.lines.some((line) => line.includes('stray')));
  });

  it('tell that another window is at one', async () => {
    const name = await kept.create(factsAt(1_000));
    const lock = await FileLock.take(join(kept.pathOf(name), 'bench.lock'), 'held');
    assert.equal((await kept.find(name, false)).isElsewhere, true);
    assert.equal((await kept.find(name, true)).isElsewhere, false);
    await lock.release();
    assert.equal((await kept.find(name, false)).isElsewhere, false);
  });

  it('can’t be found or deleted outside of their folder', async () => {
    await kept.create(factsAt(1_000));
    const outside = join(folder(), 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'benchmark.json'), JSON.stringify(factsAt(1_000)));
    for (const name of ['../outside', '..', '.', '', 'a\\b']) {
      await assert.rejects(kept.find(name, false), /no longer kept/);
      await kept.delete(name);
    }
    assert.ok(existsSync(outside));
    assert.equal((await kept.list(none)).length, 1);
  });

  it('have the report that was written last, or none, or one that can’t be read', async () => {
    const name = await kept.create(factsAt(1_000));
    assert.equal(await kept.readReport(name), null);
    const path = join(kept.pathOf(name), 'report.json');
    writeFileSync(path, JSON.stringify(sampleReport()));
    assert.equal((await kept.readReport(name))?.plan.data, 'three-domains.jsonl');
    writeFileSync(path, '{');
    await assert.rejects(kept.readReport(name), /can't be read as a report/);
    writeFileSync(path, '[]');
    await assert.rejects(kept.readReport(name), /is no report/);
  });
});
