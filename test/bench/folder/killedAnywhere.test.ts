import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { PairBenchPlan } from '../../../src/bench/pairBench.ts';
import { runPairBench } from '../../../src/bench/pairBench.ts';
import { KeptBench } from '../../support/bench/listeners.ts';
import { randomScript } from '../../support/bench/randomScript.ts';
import { ScriptedSolver } from '../../support/bench/scriptedSolver.ts';
import { CHANCE, GENERATOR, MENTOR } from '../../support/bench/testArms.ts';
import { numberItem } from '../../support/bench/testItems.ts';
import { testPlan } from '../../support/bench/testPlan.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';

const PLAN: PairBenchPlan = testPlan({
  arms: [GENERATOR, MENTOR, CHANCE],
  seeds: [1, 2],
  items: ['größe', '🎲/..', 'q2'].map((id, index) => numberItem(index, { id, domain: index < 2 ? 'math' : 'facts' })),
});

describe('a bench that was killed at any byte of its journal', () => {
  const scratch = scratchFolder();
  const run = (folder: string, workers: number): Promise<unknown> =>
    runPairBench(PLAN, {
      folder,
      resumes: true,
      workers: Array.from({ length: workers }, () => new ScriptedSolver(randomScript).solve),
      listener: new KeptBench(),
      signal: new AbortController().signal,
    });
  const reportOf = (folder: string): unknown =>
    JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'), (key, value: unknown) =>
      key === 'timeMs' ? undefined : value,
    );

  it('comes to the report of one that was not, though it is killed again', async () => {
    const whole = scratch.file('whole');
    await run(whole, 1);
    const expected = reportOf(whole);
    const cuts = fc.array(
      fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), workers: fc.integer({ min: 1, max: 3 }) }),
      { minLength: 1, maxLength: 3 },
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(cuts, async (kills) => {
        const folder = scratch.file(`killed-${count++}`);
        mkdirSync(folder);
        for (const name of ['plan.json', 'results.jsonl']) cpSync(join(whole, name), join(folder, name));
        for (const { place, workers } of kills) {
          const journal = join(folder, 'results.jsonl');
          truncateSync(journal, Math.round(place * readFileSync(journal).length));
          await run(folder, workers);
          assert.deepEqual(reportOf(folder), expected);
        }
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 40, seed: 20260207 },
    );
  });
});
