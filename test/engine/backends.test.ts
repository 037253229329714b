import assert from 'node:assert/strict';
import type { MachineMemory } from '../../src/core/modelMemory.ts';
import { fileSource } from '../../src/core/modelSource.ts';
import { LlamaEngine } from '../../src/engine/engine.ts';
import { NativeLlama } from '../../src/engine/nativeLlama.ts';
import { openLlamaServing } from '../../src/engine/serving/llamaServing.ts';
import type { GpuChoice } from '../../src/protocol/engine.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../support/models/demoModels.ts';
import { writeSuccessorModel } from '../support/models/successorModel.ts';
import { ENDLESS_MODEL } from '../support/models/tinyModels.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';
import { scratchFolder } from '../support/scratchFolder.ts';

const never = new AbortController().signal;
const MIB = 2 ** 20;
const ON_PROCESSOR = { contextSize: null, threads: 1, gpu: 'off' } as const;
const ON_CARD = { contextSize: null, threads: 1, gpu: 'auto' } as const;
const onCard = demoRequest({ options: ON_CARD, settings: { maxTokens: 2 } });
const NO_MEMORY = { totalBytes: 0, availableBytes: 0 };

/** llama.cpp on the processor that passes for one on a card; `fault` is what every load on it comes to. */
async function card(fault: Error | null, memory: MachineMemory = NO_MEMORY): Promise<NativeLlama> {
  const real = await NativeLlama.load('off');
  const llama = new Proxy(real.llama, {
    get: (target, name) =>
      name === 'loadModel' && fault
        ? () => Promise.reject(fault)
        : // A proxy can't read the private fields behind a getter.
          bound(target, Reflect.get(target, name, target)),
  });
  return new Proxy(real, {
    get: (target, name) => {
      if (name === 'llama') return fault ? llama : target.llama;
      if (name === 'backend') return { name: 'cuda', devices: ['A card'], note: null };
      if (name === 'readGraphicsMemory') return () => Promise.resolve(memory);
      return bound(target, Reflect.get(target, name, target));
    },
  });
}

function bound(target: object, value: unknown): unknown {
  return typeof value === 'function' ? (value.bind(target) as unknown) : value;
}

const lost = new Error('CUDA error: device lost');
const failing = (gpu: GpuChoice): Promise<NativeLlama> => (gpu === 'auto' ? card(lost) : NativeLlama.load('off'));
const working = (gpu: GpuChoice): Promise<NativeLlama> => (gpu === 'auto' ? card(null) : NativeLlama.load('off'));

describe('the backend of the engine', () => {
  const scratch = scratchFolder();
  const engines: LlamaEngine[] = [];
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.dispose();
  });

  function create(options: ConstructorParameters<typeof LlamaEngine>[0]): LlamaEngine {
    const engine = new LlamaEngine(options);
    engines.push(engine);
    return engine;
  }

  const remarksOf = (run: RecordedRun): readonly string[] =>
    run.progress.flatMap((one) => (one.type === 'remark-made' ? [one.remark] : []));

  it('is told by name where it works, and is the processor here unless a card is', async () => {
    const engine = create({});
    assert.equal((await engine.status()).backend, null);
    await engine.solve(onCard, new RecordedRun(), never);
    const { backend, loadedModels } = await engine.status();
    assert.ok(backend);
    assert.equal(backend.devices.length > 0, backend.name !== 'cpu');
    assert.deepEqual(loadedModels.map(({ path }) => path).sort(), [DEMO_MENTOR, DEMO_SMALL].sort());
    assert.ok(loadedModels.every(({ estimatedBytes }) => estimatedBytes > 100_000));
  });

  it('is the processor once a model fails on the card, with a remark that says why, told once', async () => {
    const asked: GpuChoice[] = [];
    const log: string[] = [];
    const loadNative = (gpu: GpuChoice): Promise<NativeLlama> => {
      asked.push(gpu);
      return failing(gpu);
    };
    const engine = create({ loadNative, log: (line) => log.push(line) });
    const run = new RecordedRun();
    await engine.solve(onCard, run, never);
    assert.equal(run.view.ended?.stop, 'maxTokens');
    const [remark, ...more] = remarksOf(run);
    assert.match(remark ?? '', /run on the processor, .*\(cuda\): .*device lost/);
    assert.deepEqual(more, []);
    assert.ok(log.includes(remark ?? ''));
    assert.deepEqual((await engine.status()).backend, { name: 'cpu', devices: [], note: remark });
    const again = new RecordedRun();
    await engine.solve(onCard, again, never);
    assert.deepEqual([asked, remarksOf(again)], [['auto', 'off'], []]);
  });

  it('tells a remark on a model that is used by itself, as an endpoint does, to who opened the engine', async () => {
    const remarks: string[] = [];
    const serving = openLlamaServing({ loadNative: failing, onRemark: (remark) => remarks.push(remark) });
    const use = { source: fileSource(DEMO_SMALL), options: ON_CARD } as const;
    await serving.inspect(use, () => undefined, never);
    await serving.runs.dispose();
    assert.match(remarks.join(), /run on the processor/);
  });

  it('is the card again once the memory was given back, as when another program has left it', async () => {
    let isBroken = true;
    const engine = create({ loadNative: (gpu) => (isBroken ? failing(gpu) : working(gpu)) });
    await engine.solve(onCard, new RecordedRun(), never);
    isBroken = false;
    await engine.unload();
    const run = new RecordedRun();
    await engine.solve(onCard, run, never);
    assert.deepEqual(remarksOf(run), []);
    assert.equal((await engine.status()).backend?.name, 'cuda');
  });

  it('stays the card, with its models, when a file is missing or broken', async () => {
    const engine = create({ loadNative: working });
    await engine.solve(onCard, new RecordedRun(), never);
    const missing = { ...onCard, generator: fileSource('/no/such/model.gguf') };
    await assert.rejects(engine.solve(missing, new RecordedRun(), never), { code: 'model-missing' });
    const { backend, loadedModels } = await engine.status();
    assert.equal(backend?.name, 'cuda');
    assert.equal(loadedModels.length, 2);
  });

  it('is the processor, with a remark, where the card does not even start', async () => {
    const loadNative = (gpu: GpuChoice): Promise<NativeLlama> =>
      gpu === 'auto' ? Promise.reject(new Error('no driver')) : NativeLlama.load('off');
    const engine = create({ loadNative });
    const run = new RecordedRun();
    await engine.solve(onCard, run, never);
    assert.match(remarksOf(run).join(), /could not be started: no driver/);
    assert.equal((await engine.status()).backend?.note, remarksOf(run)[0]);
  });

  it('is what was chosen last, whose models are those that are held', async () => {
    const engine = create({ loadNative: working });
    await engine.solve(onCard, new RecordedRun(), never);
    await engine.solve({ ...onCard, options: ON_PROCESSOR }, new RecordedRun(), never);
    const { backend, loadedModels } = await engine.status();
    assert.equal(backend?.name, 'cpu');
    assert.equal(loadedModels.length, 2);
  });

  it("has its card's memory beside that of the machine", async () => {
    const machine = { totalBytes: 4 * MIB, availableBytes: 4 * MIB };
    const readMemory = (): Promise<MachineMemory> => Promise.resolve(machine);
    const with80 = { totalBytes: 80 * MIB, availableBytes: 80 * MIB };
    const large = create({ readMemory, loadNative: () => card(null, with80) });
    await large.solve(onCard, new RecordedRun(), never);
    const with2 = { totalBytes: 2 * MIB, availableBytes: 2 * MIB };
    const small = create({ readMemory, loadNative: () => card(null, with2) });
    await assert.rejects(small.solve(onCard, new RecordedRun(), never), {
      code: 'out-of-memory',
      message: /6\.0 MiB in all, that of its graphics processor included/,
    });
  });

  it('stays with a run under way while a file is looked at for another choice, which need not wait', async () => {
    const path = scratch.file('endless.gguf');
    await writeSuccessorModel(path, ENDLESS_MODEL);
    const engine = create({ loadNative: working });
    const abort = new AbortController();
    const names: string[] = [];
    const run = new RecordedRun(({ type }) => {
      if (type !== 'run-started') return;
      void engine.inspect(DEMO_MENTOR, ON_PROCESSOR, never).then(({ facts }) => {
        names.push(facts.name);
        abort.abort();
      });
    });
    const settings = { maxTokens: 15_000, decision: { policy: 'never' } } as const;
    const options = { ...ON_CARD, contextSize: 16_000 };
    const request = demoRequest({ generator: fileSource(path), mentor: null, options, settings });
    // Seconds of words: nothing but the look ends it sooner.
    assert.equal((await engine.solve(request, run, abort.signal)).stop, 'cancelled');
    assert.deepEqual(names, ['demo-mentor']);
    const { backend, loadedModels, activeRuns } = await engine.status();
    assert.deepEqual([backend?.name, loadedModels.length, activeRuns], ['cuda', 1, 0]);
  });
});
