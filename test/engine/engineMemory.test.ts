import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileSource } from '../../src/core/modelSource.ts';
import { LlamaEngine } from '../../src/engine/engine.ts';
import type { EngineOptions, SolveProgress } from '../../src/protocol/engine.ts';
import { DEMO_MENTOR } from '../support/models/demoModels.ts';
import type { SuccessorModel } from '../support/models/successorModel.ts';
import { BYTE_TOKENS, writeSuccessorModel } from '../support/models/successorModel.ts';
import { splitGguf } from '../support/models/splitGguf.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';
import { scratchFolder } from '../support/scratchFolder.ts';

const never = new AbortController().signal;
const OPTIONS: EngineOptions = { contextSize: null, threads: 1, gpu: 'off' };
const MIB = 2 ** 20;

/** Its weights grow with the square of its vocabulary: about 130 MB. */
const LARGE_MODEL: SuccessorModel = {
  tokenizer: 'llama',
  tokens: [
    { spelling: '<unk>', type: 'unknown' },
    { spelling: '<s>', type: 'control' },
    { spelling: '</s>', type: 'control' },
    ...BYTE_TOKENS,
    ...Array.from({ length: 2_000 }, (_, index) => ({ spelling: `word${index}`, type: 'normal' as const })),
  ],
  successors: new Map(),
  bos: '<s>',
  end: '</s>',
  addsBos: true,
  contextLength: 512,
};

describe('what models take, before they are loaded', () => {
  const scratch = scratchFolder();
  const engine = new LlamaEngine();
  after(() => engine.dispose());

  it('is told from the header, for the context that the model would be opened with', async () => {
    const report = await engine.inspect(DEMO_MENTOR, OPTIONS, never);
    assert.equal(report.facts.name, 'demo-mentor');
    assert.equal(report.trainContextSize, 1_024);
    assert.equal(report.contextSize, 1_024);
    assert.equal(report.hasChatTemplate, true);
    const { weightsBytes, contextBytes, totalBytes } = report.memory;
    assert.ok(weightsBytes > 2 * MIB && weightsBytes < 3 * MIB, String(weightsBytes));
    assert.equal(totalBytes, weightsBytes + contextBytes);
    const smaller = await engine.inspect(DEMO_MENTOR, { ...OPTIONS, contextSize: 256 }, never);
    assert.equal(smaller.contextSize, 256);
    assert.ok(smaller.memory.contextBytes < contextBytes);
    assert.deepEqual((await engine.status()).loadedModels, []);
  });

  it('is told from the beginning of a file that is still being downloaded', async () => {
    const path = scratch.file('begun.gguf');
    writeFileSync(path, readFileSync(DEMO_MENTOR));
    truncateSync(path, 200_000);
    await assert.rejects(engine.inspect(path, OPTIONS, never), { code: 'model-invalid', message: /truncated/ });
    const wholeBytes = statSync(DEMO_MENTOR).size;
    const begun = await engine.inspect(path, { ...OPTIONS, wholeBytes }, never);
    const whole = await engine.inspect(DEMO_MENTOR, OPTIONS, never);
    assert.deepEqual(begun.memory, whole.memory);
    assert.equal(begun.facts.bytes, wholeBytes);
  });
});

describe('a split model', () => {
  const scratch = scratchFolder();
  const engine = new LlamaEngine();
  after(() => engine.dispose());
  let parts: string[] = [];
  before(() => {
    parts = splitGguf(DEMO_MENTOR, dirname(scratch.file('x')), 3);
  });

  const solve = async (generator: string): Promise<RecordedRun> => {
    const run = new RecordedRun();
    const settings = { decision: { policy: 'never' } } as const;
    await engine.solve(demoRequest({ generator: fileSource(generator), mentor: null, settings }), run, never);
    return run;
  };

  it('writes what the whole one writes, and is known by all its parts', async () => {
    const [split, whole] = [await solve(parts[0] ?? ''), await solve(DEMO_MENTOR)];
    assert.equal(split.view.text, whole.view.text);
    const facts = split.header?.generator.model;
    assert.equal(facts?.parameters, whole.header?.generator.model.parameters);
    assert.equal(facts?.name, 'model');
    assert.equal(
      facts.bytes,
      parts.reduce((sum, part) => sum + statSync(part).size, 0),
    );
    const hash = createHash('sha256');
    for (const part of parts) hash.update(readFileSync(part));
    assert.equal(facts.sha256, hash.digest('hex'));
    const report = await engine.inspect(parts[0] ?? '', OPTIONS, never);
    assert.deepEqual(report.partPaths, parts);
    assert.equal(report.memory.weightsBytes, (await engine.inspect(DEMO_MENTOR, OPTIONS, never)).memory.weightsBytes);
  });

  it('is asked for by its first part', async () => {
    await assert.rejects(solve(parts[1] ?? ''), { code: 'bad-input', message: /part 2 .* 3 files.*-00001-of-00003/ });
  });

  it('says which part is missing, cut off or another one', async () => {
    const [first = '', second = '', third = ''] = parts;
    const kept = readFileSync(third);
    truncateSync(third, kept.length - 1_000);
    await assert.rejects(solve(first), { code: 'model-invalid', message: /-00003-of-00003.gguf is truncated/ });
    writeFileSync(third, readFileSync(second));
    await assert.rejects(solve(first), { code: 'model-invalid', message: /is not part 3 of 3/ });
    rmSync(third);
    await assert.rejects(solve(first), { code: 'model-missing', message: /Part 3 of 3 .* missing.*-00003-of/ });
    writeFileSync(third, kept);
    assert.notEqual((await solve(first)).view.text, '');
  });
});

describe('models and the memory of the machine', () => {
  const scratch = scratchFolder();
  const memoryOf = (totalBytes: number, availableBytes: number) => () =>
    Promise.resolve({ totalBytes, availableBytes });

  it('refuses a pair that no room can be made for, with the sum, before anything is loaded', async () => {
    const engine = new LlamaEngine({ readMemory: memoryOf(8 * MIB, 8 * MIB) });
    const run = new RecordedRun();
    await assert.rejects(engine.solve(demoRequest(), run, never), {
      code: 'out-of-memory',
      message: /generator demo-small .* \+ mentor demo-mentor .* = .* MiB of memory is needed, but .* 8\.0 MiB in all/,
    });
    assert.deepEqual(run.lines, []);
    assert.deepEqual((await engine.status()).loadedModels, []);
    await engine.dispose();
  });

  it('says that memory is tight where a pair fits the machine but not what is free, and runs', async () => {
    const engine = new LlamaEngine({ readMemory: memoryOf(4_096 * MIB, MIB) });
    const run = new RecordedRun();
    await engine.solve(demoRequest({ settings: { maxTokens: 1 } }), run, never);
    const remarks = run.progress.flatMap((one) => (one.type === 'remark-made' ? [one.remark] : []));
    assert.equal(remarks.length, 1);
    assert.match(remarks[0] ?? '', /Memory is tight: generator demo-small .* 1\.0 MiB is free/);
    await engine.solve(demoRequest({ settings: { maxTokens: 1 } }), run, never);
    assert.equal(run.progress.filter(({ type }) => type === 'remark-made').length, 1, 'nothing was loaded anew');
    await engine.dispose();
  });

  it('counts the weights of a file that is mapped twice once', async () => {
    const asked = new LlamaEngine();
    const { weightsBytes, contextBytes } = (await asked.inspect(DEMO_MENTOR, OPTIONS, never)).memory;
    await asked.dispose();
    const twice = demoRequest({ generator: fileSource(DEMO_MENTOR), settings: { maxTokens: 1 } });
    const neededBytes = weightsBytes + 2 * contextBytes;
    const enough = new LlamaEngine({ readMemory: memoryOf(neededBytes, neededBytes) });
    await enough.solve(twice, new RecordedRun(), never);
    assert.equal((await enough.status()).loadedModels.length, 2);
    await enough.dispose();
    const tooLittle = new LlamaEngine({ readMemory: memoryOf(neededBytes - 1, neededBytes) });
    await assert.rejects(tooLittle.solve(twice, new RecordedRun(), never), { code: 'out-of-memory' });
    await tooLittle.dispose();
  });

  it('is not held by a model whose loading was cancelled in the middle, which loads whole the next time', async () => {
    const path = scratch.file('cancelled.gguf');
    await writeSuccessorModel(path, LARGE_MODEL);
    const engine = new LlamaEngine();
    const settings = { maxTokens: 1, decision: { policy: 'never' } } as const;
    const request = demoRequest({ generator: fileSource(path), mentor: null, settings });
    const abort = new AbortController();
    const listener = {
      onProgress: (progress: SolveProgress): void => {
        if (progress.type === 'model-loading') abort.abort();
      },
      onLines: () => assert.fail('the run has begun'),
    };
    await assert.rejects(engine.solve(request, listener, abort.signal), { code: 'cancelled' });
    assert.equal(abort.signal.aborted, true);
    assert.deepEqual((await engine.status()).loadedModels, []);
    await engine.solve(request, new RecordedRun(), never);
    assert.equal((await engine.status()).loadedModels.length, 1);
    await engine.dispose();
  });

  it('is taken about as expected, and given back by most when the models are unloaded', async function () {
    this.timeout(120_000);
    const script = fileURLToPath(new URL('../support/models/unloadedMemory.ts', import.meta.url));
    const model = process.env['MENTORCOLLAB_TEST_MODEL'] ?? scratch.file('large.gguf');
    if (!existsSync(model)) await writeSuccessorModel(model, LARGE_MODEL);
    const args = ['--expose-gc', '--import', 'tsx', script, model];
    // The script prints this shape.
    const measured = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Record<
      'loadedBytes' | 'unloadedBytes' | 'estimatedBytes' | 'actualBytes',
      number
    >;
    const { loadedBytes, unloadedBytes, estimatedBytes, actualBytes } = measured;
    assert.ok(loadedBytes > 80 * MIB, `${loadedBytes} bytes were taken`);
    assert.ok(unloadedBytes < loadedBytes / 2, `${unloadedBytes} of ${loadedBytes} bytes were kept`);
    // Half and double: the estimate leaves out what a vocabulary takes, and garbage goes while models load.
    const share = actualBytes / estimatedBytes;
    assert.ok(share > 0.5 && share < 2, `${actualBytes} bytes were measured, ${estimatedBytes} expected`);
  });
});
