import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PairBenchOutcome, PairBenchPlan, PairBenchRun } from '../../src/bench/pairBench.ts';
import { jobsOf, runPairBench } from '../../src/bench/pairBench.ts';
import { cancelledError, MentorCollabError } from '../../src/core/errors.ts';
import { fileSource } from '../../src/core/modelSource.ts';
import { KeptBench } from '../support/bench/listeners.ts';
import { randomScript } from '../support/bench/randomScript.ts';
import type { Script } from '../support/bench/scriptedSolver.ts';
import { ScriptedSolver } from '../support/bench/scriptedSolver.ts';
import { CHANCE, GENERATOR, MENTOR } from '../support/bench/testArms.ts';
import { numberItems } from '../support/bench/testItems.ts';
import { testPlan } from '../support/bench/testPlan.ts';
import { scratchFolder } from '../support/scratchFolder.ts';

describe('a bench of a pair', () => {
  const scratch = scratchFolder();
  interface Options extends Partial<PairBenchRun> {
    readonly script?: Script;
    /** How many work at once; default 1. */
    readonly count?: number;
  }
  const run = (
    plan: PairBenchPlan,
    { script = randomScript, count = 1, ...others }: Options = {},
  ): Promise<PairBenchOutcome> =>
    runPairBench(plan, {
      folder: null,
      resumes: false,
      workers: Array.from({ length: count }, () => new ScriptedSolver(script).solve),
      listener: new KeptBench(),
      signal: new AbortController().signal,
      ...others,
    });

  it('asks every arm of its models', async () => {
    const solver = new ScriptedSolver(randomScript);
    const [small, large, third] = ['/s.gguf', '/l.gguf', '/t.gguf'].map(fileSource);
    assert.ok(small && large && third);
    const plan = testPlan({
      arms: [GENERATOR, MENTOR, CHANCE],
      items: numberItems(1),
      generator: small,
      mentor: large,
    });
    await run({ ...plan, verifier: third }, { workers: [solver.solve] });
    assert.deepEqual(
      solver.requests.map(({ runId, generator, mentor, verifier }) => [runId, generator, mentor, verifier]),
      [
        ['generator/q0/1', small, null, null],
        ['mentor/q0/1', large, null, null],
        ['paper-free/q0/1', small, large, third],
      ],
    );
  });

  it('puts its questions as it is told, in a chat or raw', async () => {
    const solver = new ScriptedSolver(randomScript);
    const plan = testPlan({ arms: [GENERATOR], items: numberItems(1), prompt: { fewShot: 'Q: {question}\nA:' } });
    await run(plan, { workers: [solver.solve] });
    await run(
      { ...plan, isRaw: true, engine: { contextSize: 99, threads: 1, gpu: 'off' } },
      { workers: [solver.solve] },
    );
    const text = 'Q: What is 0?\nA:';
    assert.deepEqual(
      solver.requests.map(({ prompt }) => prompt),
      [
        { form: 'chat', question: text },
        { form: 'raw', text },
      ],
    );
    assert.equal(solver.requests[1]?.options.contextSize, 99);
  });

  it('reports its models as they were opened', async () => {
    const { report, error } = await run(testPlan());
    assert.equal(error, null);
    assert.equal(report.plan.generator.sha256, 'content of /models/small.gguf');
    assert.equal(report.plan.mentor?.quantization, 'Q8_0');
    assert.equal(report.plan.verifier, null);
    assert.equal(report.missing, 0);
  });

  it('reports models that were never opened as far as they are known', async () => {
    const crash: Script = () => {
      throw new MentorCollabError('engine-crashed', 'The engine has died.');
    };
    const mentor = { type: 'server', url: 'http://x/v1', model: 'big', apiKey: 'secret' } as const;
    const { report, error } = await run(testPlan({ mentor, verifier: fileSource('C:\\models\\third.gguf') }), {
      script: crash,
    });
    assert.equal(error?.code, 'engine-crashed');
    const unknown = { sha256: null, quantization: null };
    assert.deepEqual(report.plan.generator, { name: 'small.gguf', ...unknown, server: null });
    assert.deepEqual(report.plan.mentor, { name: 'big', ...unknown, server: 'http://x/v1' });
    assert.deepEqual(report.plan.verifier, { name: 'third.gguf', ...unknown, server: null });
    assert.equal(report.missing, 6);
  });

  it('has no mentor to report where no arm has one', async () => {
    assert.equal((await run(testPlan({ arms: [GENERATOR] }))).report.plan.mentor, null);
  });

  it('reports what is done when it is broken off, or cancelled', async () => {
    let count = 0;
    const failing =
      (error: MentorCollabError): Script =>
      (request) => {
        if (++count % 4 === 0) throw error;
        return randomScript(request);
      };
    const crashed = await run(testPlan(), { script: failing(new MentorCollabError('out-of-memory', 'Too large.')) });
    assert.deepEqual([crashed.error?.code, crashed.report.missing], ['out-of-memory', 3]);
    const cancelled = await run(testPlan(), { script: failing(cancelledError()) });
    assert.deepEqual([cancelled.error, cancelled.report.missing], [null, 3]);
  });

  it('writes nothing of a key', async () => {
    const folder = scratch.file('key');
    const mentor = { type: 'server', url: 'http://x/v1', model: 'big', apiKey: 'secret-key' } as const;
    const { report } = await run(testPlan({ mentor }), { folder });
    const texts = ['plan.json', 'report.json', 'report.md', 'report.html', 'results.jsonl'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    const traces = report.items.flatMap(({ runs }) =>
      runs.map(({ trace }) => readFileSync(join(folder, trace ?? ''), 'utf8')),
    );
    assert.doesNotMatch([...texts, ...traces].join(), /secret-key/);
  });

  it('is kept in its folder with its reports, and leaves it free', async () => {
    const folder = scratch.file('kept');
    const { report } = await run(testPlan(), { folder });
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')), JSON.parse(JSON.stringify(report)));
    assert.match(readFileSync(join(folder, 'report.md'), 'utf8'), /paper-free/);
    assert.match(readFileSync(join(folder, 'report.html'), 'utf8'), /paper-free/);
    assert.equal(existsSync(join(folder, 'bench.lock')), false);
    for (const { trace, page } of report.items.flatMap(({ runs }) => runs)) {
      for (const place of [trace, page]) assert.ok(place !== null && existsSync(join(folder, place)), String(place));
    }
  });

  it('reports the same from memory as from a folder, but for the places of its runs', async () => {
    const kept = await run(testPlan(), { folder: scratch.file('same') });
    const { report } = await run(testPlan());
    const runs = kept.report.items.flatMap((item) => item.runs);
    assert.ok(runs.every(({ trace }) => trace !== null));
    const items = kept.report.items.map((item) => ({
      ...item,
      runs: item.runs.map((one) => ({ ...one, trace: null, page: null })),
    }));
    assert.deepEqual({ ...kept.report, items }, report);
  });

  it('reports the same whatever the number of workers', async () => {
    const plan = testPlan({ items: numberItems(9), seeds: [1, 2, 3], arms: [GENERATOR, MENTOR, CHANCE] });
    const [one, three, many] = [await run(plan), await run(plan, { count: 3 }), await run(plan, { count: 60 })];
    assert.equal(one.report.arms[2]?.n, 27);
    assert.deepEqual(three.report, one.report);
    assert.deepEqual(many.report, one.report);
  });

  it('reports what is done though it is cancelled, writes it, and goes on to the same end', async () => {
    const plan = testPlan({ items: numberItems(6) });
    const folder = scratch.file('cancelled');
    const abort = new AbortController();
    const listener = new KeptBench(() => {
      if (listener.told.length === 6) abort.abort();
    });
    const { report, error } = await run(plan, { folder, listener, signal: abort.signal });
    assert.deepEqual([error, report.missing], [null, jobsOf(plan).length - 5]);
    assert.equal(
      (JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as typeof report).missing,
      report.missing,
    );
    const resumed = await run(plan, { folder, resumes: true });
    const whole = await run(plan, { folder: scratch.file('whole') });
    assert.deepEqual(resumed.report, whole.report);
  });

  it('is refused before anything is run where its folder can not be used', async () => {
    const folder = scratch.file('twice');
    await run(testPlan(), { folder });
    const solver = new ScriptedSolver(randomScript);
    await assert.rejects(run(testPlan(), { folder, workers: [solver.solve] }), { code: 'bad-input' });
    assert.equal(solver.requests.length, 0);
  });
});
