import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostRun } from '../../../src/host/runs/hostRun.ts';
import { INTERRUPTED, RunStore } from '../../../src/host/runs/runStore.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { parseTrace } from '../../../src/protocol/traceText.ts';
import { MemoryInRam } from '../support/memoryInRam.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const facts = {
  question: 'What is 2 + 2?',
  origin: { uri: 'file:///a.md', start: 3, text: 'What is 2 + 2?' },
  generatorName: 'demo-small',
  mentorName: 'demo-mentor',
  preset: 'paper-free',
  notice: { message: 'A remark.', action: 'choose-models' } as const,
  branch: null,
  parent: null,
};

describe('RunStore', () => {
  const folder = useTemporaryFolder();

  function createStore(): RunStore {
    return new RunStore(join(folder(), 'runs'), new MemoryInRam());
  }

  async function write(store: RunStore, runId: string, lines: readonly TraceLine[]): Promise<void> {
    const failures: unknown[] = [];
    const writer = store.openTrace(runId, (thrown) => failures.push(thrown));
    for (const line of lines) writer.append([line]);
    await writer.flush();
    assert.deepEqual(failures, []);
  }

  const running = (runId: string): HostRun => ({
    ...facts,
    runId,
    lines: [],
    state: { phase: 'reasoning', sinceMs: 0 },
  });

  it('brings a finished run back with its lines, its state and what the file does not say', async () => {
    const store = createStore();
    const lines = await scriptedTrace('done');
    await write(store, 'done', lines);
    store.remember({ ...running('done'), lines, state: { phase: 'done' } });
    assert.deepEqual(await store.recall('done'), { ...facts, runId: 'done', lines, state: { phase: 'done' } });
  });

  it('brings the remembered run back even if the panel had saved an older one', async () => {
    const store = createStore();
    await write(store, 'aged', await scriptedTrace('aged'));
    store.remember(running('newer'));
    assert.equal((await store.recall('aged'))?.runId, 'newer');
  });

  it('brings a run back from its file alone when none is remembered', async () => {
    const store = createStore();
    const lines = await scriptedTrace('older');
    await write(store, 'older', lines);
    const run = await store.recall('older');
    assert.equal(run?.question, 'What is 2 + 2?');
    assert.deepEqual([run.generatorName, run.mentorName, run.origin], ['scripted', 'scripted', null]);
    assert.deepEqual(run.lines, lines);
  });

  it('ends an interrupted run as failed with Retry, in its file too', async () => {
    const store = createStore();
    const lines = (await scriptedTrace('broken')).slice(0, -1);
    await write(store, 'broken', lines);
    store.remember(running('broken'));
    const run = await store.recall('broken');
    assert.equal(run?.state.phase, 'failed');
    assert.equal(run.state.message, INTERRUPTED.message);
    assert.ok(run.state.actions.includes('retry'));
    const trace = parseTrace(readFileSync(store.pathOf('broken'), 'utf8'));
    assert.equal(trace.damage, null);
    assert.deepEqual([trace.header, ...trace.events], run.lines);
    assert.deepEqual(run.lines.slice(0, -1), lines);
  });

  it('drops a last line that was cut off, and the file is sound again', async () => {
    const store = createStore();
    const lines = (await scriptedTrace('cut')).slice(0, 4);
    await write(store, 'cut', lines);
    appendFileSync(store.pathOf('cut'), '{"type":"step-taken","text":"é');
    const run = await store.recall('cut');
    assert.deepEqual(run?.lines.slice(0, -1), lines);
    assert.equal(parseTrace(readFileSync(store.pathOf('cut'), 'utf8')).damage, null);
  });

  it('brings back a run that never began, with its failure', async () => {
    const store = createStore();
    const state = { phase: 'failed', message: 'No such file.', actions: ['retry', 'settings'] } as const;
    store.remember({ ...running('never'), state });
    assert.deepEqual(await store.recall('never'), { ...facts, runId: 'never', lines: [], state });
  });

  it('shows a run without a line that was under way as interrupted', async () => {
    const store = createStore();
    store.remember(running('early'));
    const run = await store.recall('early');
    assert.equal(run?.state.phase, 'failed');
    assert.equal(run.state.message, INTERRUPTED.message);
  });

  it('knows nothing of a run whose trace was deleted, or that was taken off show', async () => {
    const store = createStore();
    const lines = await scriptedTrace('deleted');
    await write(store, 'deleted', lines);
    store.remember({ ...running('deleted'), lines, state: { phase: 'done' } });
    rmSync(store.pathOf('deleted'));
    assert.equal(await store.recall('deleted'), null);
    store.remember(running('hidden'));
    store.forget();
    assert.equal(await store.recall(null), null);
  });

  it('reads a kept run under the name of its file, whatever its trace calls it', async () => {
    const store = createStore();
    await write(store, 'copied', await scriptedTrace('original'));
    assert.equal((await store.read('copied'))?.runId, 'copied');
  });

  it('refuses a file that is damaged in its middle, and says where', async () => {
    const store = createStore();
    const lines = await scriptedTrace('damaged');
    await write(store, 'damaged', lines);
    const text = readFileSync(store.pathOf('damaged'), 'utf8').split('\n');
    writeFileSync(store.pathOf('damaged'), text.with(2, 'garbage').join('\n'));
    await assert.rejects(store.recall('damaged'), { code: 'protocol', message: /from line 3 on/ });
  });

  it('knows nothing of ids that are none, or of runs that never were', async () => {
    const store = createStore();
    assert.equal(await store.recall('../../etc/passwd'), null);
    assert.equal(await store.recall('unheard-of'), null);
    assert.equal(await store.recall(null), null);
  });

  it('tells once when a trace cannot be written, and goes on', async () => {
    const file = join(folder(), 'a-file');
    writeFileSync(file, '');
    const failures: unknown[] = [];
    const writer = new RunStore(file, new MemoryInRam()).openTrace('r', (thrown) => failures.push(thrown));
    writer.append(await scriptedTrace('r'));
    writer.append(await scriptedTrace('r'));
    await writer.flush();
    assert.equal(failures.length, 1);
  });
});
