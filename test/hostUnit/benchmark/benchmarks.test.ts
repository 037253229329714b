import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { AbortNotifier } from '../../../src/core/languageModel.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import type { BenchmarkListener } from '../../../src/host/benchmark/benchmarks.ts';
import { Benchmarks } from '../../../src/host/benchmark/benchmarks.ts';
import * as planner from '../../../src/host/benchmark/planBenchmark.ts';
import { KeptBenchmarks } from '../../../src/host/benchmark/keptBenchmarks.ts';
import { Emitter } from '../../../src/host/emitter.ts';
import type { SolveListener, SolveRequest } from '../../../src/protocol/engine.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const CHOICE = { data: 'file:///sums.jsonl', arms: ['generator', 'always-mentor'], limit: null, seeds: 1 };
const DATA = ['a', 'b', 'c'].map((id) => JSON.stringify({ id, question: 'What is 2 + 2?', answer: '4' })).join('\n');

/** An engine that answers every request with the same trace. */
class AnsweringEngine {
  readonly asked: string[] = [];
  /** Called before each run; may throw in its place. */
  onRun: (count: number) => void = () => undefined;

  async solve({ runId }: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    this.onRun(this.asked.length);
    this.asked.push(runId);
    listener.onProgress({ type: 'remark-made', remark: 'The models run on the processor.' });
    const lines = await scriptedTrace(runId);
    listener.onLines(lines);
    const last = lines.at(-1);
    if (last?.type !== 'run-ended') throw new Error('The trace has no end.');
    return signal.aborted ? { ...last, stop: 'cancelled' } : last;
  }
}

describe('running benchmarks', () => {
  const folder = useTemporaryFolder();
  let count = 0;

  function create(settings: Record<string, unknown> = {}) {
    const engine = new AnsweringEngine();
    const log = new RecordingLog();
    const kept = new KeptBenchmarks(join(folder(), String(count++)), log);
    const texts = { data: DATA };
    const benchmarks = new Benchmarks({
      readSetting: (name) => settings[name],
      resolveModel: (reference) => fileSource(`/models/${reference}.gguf`),
      mayLoad: () => true,
      modelsFolder: folder(),
      readFile: () => Promise.resolve(texts.data),
      version: '0.0.0',
      runs: { isBusy: false, onDidUpdate: new Emitter<void>().event },
      now: () => Date.UTC(2026, 0, 2),
      loadPlanner: () => Promise.resolve(planner),
      ...{ engine, log, kept },
    });
    const remarks: string[] = [];
    const names: string[] = [];
    const listener: BenchmarkListener = {
      onStart: (name) => names.push(name),
      onProgress: () => undefined,
      onRemark: (remark) => remarks.push(remark),
    };
    return { benchmarks, engine, kept, listener, log, remarks, names, settings, texts };
  }

  it('runs every question in every arm, and keeps a report', async () => {
    const { benchmarks, engine, kept, listener, remarks } = create();
    const reported: string[] = [];
    benchmarks.onDidReport((name) => reported.push(name));
    const { name, phase, report } = await benchmarks.start(CHOICE, listener);
    assert.deepEqual([phase, report.missing], ['done', 0]);
    assert.deepEqual(
      engine.asked,
      ['generator', 'always-mentor'].flatMap((arm) => ['a', 'b', 'c'].map((item) => `${arm}/${item}/1`)),
    );
    assert.equal(report.arms[0]?.correct, 3);
    assert.deepEqual(await kept.readReport(name), JSON.parse(JSON.stringify(report)));
    assert.ok(reported.length >= 2 && reported.every((each) => each === name));
    assert.equal(remarks.filter((remark) => remark.includes('processor')).length, 1);
    assert.equal(benchmarks.isBusy, false);
  });

  it('keeps what is done when it is stopped, and makes only the rest', async () => {
    const { benchmarks, engine, listener, names } = create();
    engine.onRun = (runs) => {
      if (runs === 2) benchmarks.stop(names[0] ?? '');
    };
    const stopped = await benchmarks.start(CHOICE, listener);
    assert.deepEqual([stopped.phase, stopped.error, stopped.report.missing], ['stopped', null, 4]);
    assert.equal((await benchmarks.find(stopped.name)).done, 2);
    engine.asked.length = 0;
    engine.onRun = () => undefined;
    const whole = await benchmarks.goOn(stopped.name, listener);
    assert.equal(whole.phase, 'done');
    assert.equal(engine.asked.length, 4);
  });

  it('keeps what is done when the engine dies, and says what has happened', async () => {
    const { benchmarks, engine, listener } = create();
    engine.onRun = (runs) => {
      if (runs === 3) throw new MentorCollabError('out-of-memory', 'The models do not fit.');
    };
    const { name, phase, error } = await benchmarks.start(CHOICE, listener);
    assert.deepEqual([phase, error?.code], ['failed', 'out-of-memory']);
    assert.equal((await benchmarks.find(name)).done, 3);
  });

  it('is the only one of its window', async () => {
    const { benchmarks, engine, listener, names } = create();
    const refused: Promise<unknown>[] = [];
    engine.onRun = (runs) => {
      if (runs > 0) return;
      refused.push(assert.rejects(benchmarks.start(CHOICE, listener), /under way in this window/));
      refused.push(assert.rejects(benchmarks.delete(names[0] ?? ''), /Cancel it first/));
    };
    const { name } = await benchmarks.start(CHOICE, listener);
    await Promise.all(refused);
    await benchmarks.delete(name);
    assert.deepEqual(await benchmarks.list(), []);
  });

  it('leaves nothing behind when its data can’t be used', async () => {
    const { benchmarks, listener, texts } = create();
    texts.data = '{"question":"a"}';
    await assert.rejects(benchmarks.start(CHOICE, listener), /sums\.jsonl:1/);
    assert.deepEqual(await benchmarks.list(), []);
    assert.equal(benchmarks.isBusy, false);
  });

  it('is not gone on with when data or settings are others by now', async () => {
    const { benchmarks, engine, listener, settings, texts } = create();
    engine.onRun = (runs) => {
      if (runs === 1) throw new MentorCollabError('engine-crashed', 'The engine has died.');
    };
    const { name } = await benchmarks.start(CHOICE, listener);
    texts.data = DATA.replaceAll('2 + 2', '3 + 1');
    await assert.rejects(benchmarks.goOn(name, listener), /what differs: the questions/);
    texts.data = DATA;
    settings['mentor'] = 'another';
    await assert.rejects(benchmarks.goOn(name, listener), /what differs: the mentor/);
    assert.equal((await benchmarks.find(name)).done, 1);
  });

  it('writes a report anew that a crash has left without its last runs, and runs nothing for it', async () => {
    const { benchmarks, engine, kept, listener, names } = create();
    engine.onRun = (runs) => {
      if (runs === 2) benchmarks.stop(names[0] ?? '');
    };
    const { name } = await benchmarks.start(CHOICE, listener);
    const path = join(kept.pathOf(name), 'report.json');
    const before = readFileSync(path, 'utf8');
    rmSync(path);
    engine.asked.length = 0;
    await benchmarks.renewReport(name);
    assert.equal(readFileSync(path, 'utf8'), before);
    assert.deepEqual(engine.asked, []);
  });

  it('keeps an old report where it can’t be written anew', async () => {
    const { benchmarks, kept, listener, log, texts } = create();
    const { name } = await benchmarks.start(CHOICE, listener);
    rmSync(join(kept.pathOf(name), 'report.json'));
    texts.data = 'gone';
    await benchmarks.renewReport(name);
    assert.ok(log.lines.some((line) => line.includes('could not be written anew')));
  });

  it('ends with its window, with everything on the disk', async () => {
    const { benchmarks, engine, listener, kept } = create();
    let shutDown = Promise.resolve();
    engine.onRun = (runs) => {
      if (runs === 2) shutDown = benchmarks.shutDown();
    };
    const running = benchmarks.start(CHOICE, listener);
    const { name } = await running;
    await shutDown;
    assert.equal((await kept.readReport(name))?.missing, 4);
  });
});
