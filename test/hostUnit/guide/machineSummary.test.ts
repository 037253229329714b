import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { MachineCheck } from '../../../src/host/guide/machineSummary.ts';
import { machineSummary } from '../../../src/host/guide/machineSummary.ts';
import { readCatalogue } from '../../../src/models/catalogue/readCatalogue.ts';

const GIB = 2 ** 30;
const catalogue = readCatalogue(fileURLToPath(new URL('../../../media/models', import.meta.url)));

function check(changes: Partial<MachineCheck> = {}): MachineCheck {
  return {
    memory: { totalBytes: 16 * GIB, availableBytes: 9 * GIB },
    cores: 8,
    backend: { name: 'cpu', devices: [], note: null },
    gpu: 'auto',
    problem: null,
    contextSize: null,
    catalogue,
    ...changes,
  };
}

describe('what a machine can do', () => {
  it('is told with memory, cores, what computes, and the pairs that fit, the largest first', () => {
    const { headline, detail } = machineSummary(check());
    assert.equal(headline, 'MentorCollab works on this machine.');
    assert.match(detail, /^Memory: 16\.0 GiB, 9\.0 GiB of it free now\. Processor: 8 cores\.\n/);
    assert.match(detail, /Models are computed on the processor \(CPU\)\. No graphics processor was found/);
    assert.match(
      detail,
      /Pairs that fit:\n• Qwen3 1\.7B \+ Qwen3 8B \(about [\d.]+ GiB\)\n(?:• .*\n){2}• and \d+ more\n/,
    );
    assert.match(detail, /The demo pair fits any machine/);
  });

  it('names the graphics processor, or why there is none', () => {
    const cuda = { name: 'cuda', devices: ['NVIDIA H100'], note: null } as const;
    assert.match(machineSummary(check({ backend: cuda })).detail, /computed on CUDA: NVIDIA H100\.\n/);
    const none = { name: 'cpu', devices: [], note: 'CUDA failed to load.' } as const;
    assert.match(machineSummary(check({ backend: none })).detail, /on the processor \(CPU\)\. CUDA failed to load\.\n/);
  });

  it('says where to go when nothing fits but the demo pair', () => {
    const { detail } = machineSummary(check({ memory: { totalBytes: 2 * GIB, availableBytes: GIB } }));
    assert.match(detail, /None of the suggested pairs fits its memory; models on a server take none of it\./);
  });

  it('says why no model can be run', () => {
    const problem = 'The reasoning engine can’t be loaded on plan9-mips.';
    const { headline, detail } = machineSummary(check({ problem, backend: null }));
    assert.equal(headline, 'No model can be run on this machine yet.');
    assert.ok(detail.includes(problem));
  });
});
