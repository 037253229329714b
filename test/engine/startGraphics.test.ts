import assert from 'node:assert/strict';
import type { LlamaGpuType, LlamaOptions } from 'node-llama-cpp';
import type { GraphicsLlama, LlamaStarter } from '../../src/engine/startGraphics.ts';
import { startGraphics } from '../../src/engine/startGraphics.ts';

/** node-llama-cpp on a machine with these drivers and devices. */
class Machine implements LlamaStarter<GraphicsLlama> {
  readonly started: LlamaOptions['gpu'][] = [];
  readonly #drivers: readonly LlamaGpuType[];
  readonly #devices: readonly string[] | Error;

  /** @param devices - an error where the binary does not start. */
  constructor(drivers: readonly LlamaGpuType[], devices: readonly string[] | Error) {
    this.#drivers = drivers;
    this.#devices = devices;
  }

  getLlamaGpuTypes(): Promise<readonly LlamaGpuType[]> {
    return Promise.resolve([...this.#drivers, false]);
  }

  getLlama({ gpu }: LlamaOptions): Promise<GraphicsLlama> {
    this.started.push(gpu);
    const devices = this.#devices;
    if (devices instanceof Error) return Promise.reject(devices);
    return Promise.resolve({ gpu: this.#drivers[0] ?? false, getGpuDeviceNames: () => Promise.resolve(devices) });
  }
}

describe('startGraphics', () => {
  const start = (machine: Machine) => startGraphics(machine, {});

  it('takes the best that is there, and never the processor in its name', async () => {
    const machine = new Machine(['cuda', 'vulkan'], ['NVIDIA H100']);
    const result = await start(machine);
    assert.ok(result.type === 'started');
    assert.deepEqual(result.backend, { name: 'cuda', devices: ['NVIDIA H100'], note: null });
    assert.deepEqual(machine.started, [{ type: 'auto', exclude: [false] }]);
  });

  it('starts nothing, and has nothing to say, on a machine without drivers', async () => {
    const machine = new Machine([], []);
    assert.deepEqual(await start(machine), { type: 'unused', note: null });
    assert.deepEqual(machine.started, []);
  });

  it('takes a binary that finds no device for what it is: the processor', async () => {
    const result = await start(new Machine(['vulkan'], []));
    assert.ok(result.type === 'unused');
    assert.match(result.note ?? '', /drivers for vulkan, but llama\.cpp finds no device of that kind\.$/);
  });

  it('says why where drivers are there and the binary is not, or does not start', async () => {
    const result = await start(new Machine(['cuda', 'vulkan'], new Error('NoBinaryFound')));
    assert.ok(result.type === 'unused');
    assert.match(
      result.note ?? '',
      /drivers for cuda and vulkan, .* not installed, or does not start: NoBinaryFound\.$/,
    );
  });
});
