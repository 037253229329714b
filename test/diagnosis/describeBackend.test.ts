import assert from 'node:assert/strict';
import { describeBackend } from '../../src/diagnosis/describeBackend.ts';

describe('what models are computed on', () => {
  it('names the graphics processors that are used', () => {
    const backend = { name: 'cuda', devices: ['NVIDIA H100', 'NVIDIA H200'], note: null } as const;
    assert.equal(describeBackend(backend, 'auto'), 'CUDA: NVIDIA H100, NVIDIA H200.');
  });

  it('says why none is: what the engine knows of it, that they are switched off, or that none was found', () => {
    const processor = { name: 'cpu', devices: [], note: null } as const;
    assert.equal(
      describeBackend({ ...processor, note: 'They failed on Vulkan.' }, 'auto'),
      'the processor (CPU). They failed on Vulkan.',
    );
    assert.equal(describeBackend(processor, 'off'), 'the processor (CPU). Graphics processors are switched off.');
    assert.match(describeBackend(processor, 'auto'), /^the processor \(CPU\)\. No graphics processor was found/);
  });
});
