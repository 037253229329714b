import { cpus, release, type, version } from 'node:os';
import type { MachineMemory } from '../core/modelMemory.ts';
import type { MachineFacts } from './diagnosis.ts';

/** This machine, beside its memory. */
export function describeMachine(memory: MachineMemory): MachineFacts {
  // Empty where the system hides its processors; then this process knows no number either.
  const processors = cpus();
  return {
    platform: `${process.platform}-${process.arch}`,
    system: `${type()} ${release()} (${version()})`,
    processor: processors.map(({ model }) => model.trim()).find((model) => model !== '') ?? null,
    cores: processors.length,
    memory,
  };
}
