import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { BenchReport } from '../../src/bench/report/reportDocument.ts';
import type { BenchmarkResult } from '../../src/host/benchmark/benchmarkActions.ts';
import type { BenchmarkSummary } from '../../src/host/benchmark/benchmarkSummary.ts';
import { activateExtension, ask, STORY, useSettings } from './support/extensionUnderTest.ts';

const MATH = { data: 'demo:math', arms: ['generator', 'paper-free'], limit: 3, seeds: 1 };
/** Long enough to be met while it runs, however fast the machine is. */
const LONG = { ...MATH, data: 'demo', limit: null };

const run = (choice: unknown): Thenable<BenchmarkResult | null> =>
  vscode.commands.executeCommand<BenchmarkResult | null>('mentorcollab.runBenchmark', choice);
const act = (benchmark: string, action: string): Thenable<BenchmarkResult | null> =>
  vscode.commands.executeCommand<BenchmarkResult | null>('mentorcollab.openBenchmark', { benchmark, action });

/** The runs that a benchmark's journal tells of, in order. */
async function runsIn(path: string): Promise<readonly string[]> {
  const lines = (await readFile(join(path, 'results.jsonl'), 'utf8')).trim().split('\n');
  return (
    lines
      // Written by the code under test; a line that is another would make keys that are not expected.
      .map((line) => JSON.parse(line) as { type: string; arm: string; item: string; seed: number })
      .filter(({ type }) => type === 'run-done')
      .map(({ arm, item, seed }) => `${arm}/${item}/${seed}`)
  );
}

async function reportIn(path: string): Promise<BenchReport> {
  // As above.
  return JSON.parse(await readFile(join(path, 'report.json'), 'utf8')) as BenchReport;
}

/** The newest benchmark, once it is as wanted. */
async function untilNewest(fits: (summary: BenchmarkSummary) => boolean): Promise<BenchmarkSummary> {
  const { api } = await activateExtension();
  for (;;) {
    const [newest] = await api.keptBenchmarks();
    if (newest && fits(newest)) return newest;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a benchmark', () => {
  const set = useSettings();
  const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-'));

  after(async () => {
    const { api } = await activateExtension();
    for (const { path } of await api.keptBenchmarks()) rmSync(path, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('runs every question in every arm, and keeps plan, results, traces and reports', async () => {
    const result = await run(MATH);
    assert.ok(result);
    assert.deepEqual([result.phase, result.done, result.runs], ['done', 6, 6]);
    assert.equal((await reportIn(result.path)).missing, 0);
    assert.equal(new Set(await runsIn(result.path)).size, 6);
    const files = await readdir(result.path);
    for (const name of ['plan.json', 'results.jsonl', 'report.json', 'report.md', 'report.html', 'runs'])
      assert.ok(files.includes(name), name);
    assert.equal((await readdir(join(result.path, 'runs', 'paper-free'))).length, 6);
    const { api } = await activateExtension();
    const [newest] = await api.keptBenchmarks();
    assert.equal(newest?.name, result.benchmark);
    assert.match(result.benchmark, /^\d{8}T\d{6}-demo-math$/);
  });

  it('that is cancelled keeps what is done, and goes on to make every run exactly once', async () => {
    const running = run({ ...LONG, limit: 40 });
    const { name } = await untilNewest(({ done, runs }) => runs === 240 && done > 2);
    await act(name, 'stop');
    const stopped = await running;
    assert.ok(stopped);
    assert.equal(stopped.phase, 'stopped');
    assert.ok(stopped.done > 2 && stopped.done < 240, `${stopped.done} runs`);
    assert.equal((await reportIn(stopped.path)).missing, 240 - stopped.done);
    const whole = await act(name, 'go-on');
    assert.deepEqual([whole?.phase, whole?.done], ['done', 240]);
    const runs = await runsIn(stopped.path);
    assert.equal(runs.length, 240);
    assert.equal(new Set(runs).size, 240);
  });

  it('lets a question go first, and goes on behind it', async () => {
    const running = run({ ...LONG, limit: 40 });
    const { name } = await untilNewest(({ done, runs }) => runs === 240 && done > 0 && done < 200);
    const asked = await ask(STORY);
    assert.equal(asked.state.phase, 'done');
    const { api } = await activateExtension();
    const after = (await api.keptBenchmarks()).find((summary) => summary.name === name);
    assert.ok(after && after.done < 240, 'the question has not waited for the end of the benchmark');
    assert.equal((await running)?.phase, 'done');
    assert.equal(new Set(await runsIn(after.path)).size, 240);
  });

  it('is refused while another one is under way', async () => {
    const running = run(LONG);
    const { name } = await untilNewest(({ done, runs }) => runs === 1800 && done > 0);
    assert.equal(await run(MATH), null);
    await act(name, 'stop');
    assert.equal((await running)?.phase, 'stopped');
  });

  it('is not gone on with when settings are others by now', async () => {
    const [newest] = await (await activateExtension()).api.keptBenchmarks();
    assert.ok(newest);
    await set({ maxTokens: 100 });
    assert.equal(await act(newest.name, 'go-on'), null);
    const [same] = await (await activateExtension()).api.keptBenchmarks();
    assert.equal(same?.done, newest.done);
  });

  it('runs the questions of a file, and refuses one that has a bad line, without a trace of it', async () => {
    const good = join(folder, 'good questions.jsonl');
    writeFileSync(good, `${JSON.stringify({ question: STORY, answer: '171' })}\n`);
    const result = await run({ data: good, arms: ['generator'], limit: null });
    assert.deepEqual([result?.phase, result?.done], ['done', 1]);
    assert.equal((await reportIn(result?.path ?? '')).plan.data, 'good questions.jsonl');
    const bad = join(folder, 'bad.jsonl');
    writeFileSync(bad, '{"question":"What is 1 + 1?","answer":"2"}\n{"question":"What is 2 + 2?"}\n');
    const before = (await (await activateExtension()).api.keptBenchmarks()).length;
    assert.equal(await run({ data: bad }), null);
    assert.equal((await (await activateExtension()).api.keptBenchmarks()).length, before);
  });

  it('is not begun with models that are not there', async () => {
    await set({ generator: 'no-such-model.gguf' });
    const before = (await (await activateExtension()).api.keptBenchmarks()).length;
    assert.equal(await run(MATH), null);
    assert.equal((await (await activateExtension()).api.keptBenchmarks()).length, before);
  });

  it('opens its report in the editor', async () => {
    const [newest] = await (await activateExtension()).api.keptBenchmarks();
    const labels = (): readonly string[] =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    const shown = new Promise<void>((resolve) => {
      const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
        if (!labels().includes('Benchmark: good questions.jsonl')) return;
        listening.dispose();
        resolve();
      });
    });
    await act(newest?.name ?? '', 'open');
    await shown;
  });
});
