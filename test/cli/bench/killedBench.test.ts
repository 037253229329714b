import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchReport } from '../../../src/bench/report/reportDocument.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';
import { runCommandLine } from '../runCommandLine.ts';
import type { KeptReport } from './nearTies.ts';
import { runDifferences } from './nearTies.ts';

const BUILT = fileURLToPath(new URL('../../../dist/cli.mjs', import.meta.url));
const COMMAND = [
  ...['bench', '--data', 'demo:math', '--limit', '15', '--arms', 'generator,paper-free', '--seeds', '2', '--quiet'],
] as const;
/** Runs of 15 questions, once alone and twice with the mentor. */
const RUNS = 15 + 30;
/** As often as this the bench is killed. */
const KILLS = 4;

describe('the built bench, on the demo pair', function () {
  this.timeout(240_000);
  const scratch = scratchFolder();
  const bench = async (folder: string, ...args: readonly string[]): Promise<KeptReport> => {
    const { code, stderr } = await runCommandLine([...COMMAND, '--out', folder, ...args]);
    assert.equal(code, 0, stderr);
    return { folder, report: reportIn(folder) };
  };
  let whole: KeptReport;
  before(async () => {
    whole = await bench(scratch.file('whole'), '--concurrency', '1');
    assert.equal(whole.report.missing, 0);
    assert.equal(runsDone(whole.folder), RUNS);
  });

  it('comes to the same report though it is killed several times, wherever it is then', async () => {
    const folder = scratch.file('killed');
    mkdirSync(folder);
    const random = seededRandom(20260207);
    for (let kill = 1; kill <= KILLS; kill++) {
      const before = runsDone(folder);
      // Far enough from the end that the bench can't be over before it is killed.
      const most = Math.floor((kill * 0.8 * RUNS) / KILLS);
      await killedAt(folder, Math.max(before + 1, Math.ceil(most - (random() * RUNS) / KILLS)));
      assert.ok(runsDone(folder) >= before, 'what was done is kept');
      assert.equal(existsSync(join(folder, 'report.json')), false);
    }
    assert.ok(runsDone(folder) < RUNS);
    await bench(folder, '--resume');
    assert.deepEqual(withoutTimes(reportIn(folder)), withoutTimes(whole.report));
  });

  it('comes to the same results with two questions at once', async () => {
    const twoAtOnce = await bench(scratch.file('two-at-once'), '--concurrency', '2');
    const differences = runDifferences(whole, twoAtOnce);
    const unexplained = differences.filter(({ leastLead }) => leastLead >= 0.1);
    assert.deepEqual(unexplained, [], `runs that differ: ${JSON.stringify(differences, null, 1)}`);
    if (differences.length > 0) return;
    assert.deepEqual(withoutTimes(twoAtOnce.report), withoutTimes(whole.report));
  });
});

/** Begins the bench, or goes on with it, and kills it once so many runs are over. */
async function killedAt(folder: string, runs: number): Promise<void> {
  const child = spawn(process.execPath, [BUILT, ...COMMAND, '--out', folder, '--resume'], { stdio: 'ignore' });
  const gone = once(child, 'exit');
  for await (const { filename } of watch(folder, { signal: AbortSignal.timeout(50_000) })) {
    if (filename === 'results.jsonl' && runsDone(folder) >= runs) break;
  }
  child.kill('SIGKILL');
  assert.deepEqual(await gone, [null, 'SIGKILL']);
}

/** Whole lines of runs in the journal. */
function runsDone(folder: string): number {
  const path = join(folder, 'results.jsonl');
  if (!existsSync(path)) return 0;
  return readFileSync(path, 'utf8').match(/^\{"type":"run-done".*\n/gm)?.length ?? 0;
}

/** Written by the code under test; its fields are what is compared. */
function reportIn(folder: string): BenchReport {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as BenchReport;
}

function withoutTimes(report: BenchReport): unknown {
  return JSON.parse(JSON.stringify(report), (key, value: unknown) => (key === 'timeMs' ? undefined : value));
}
