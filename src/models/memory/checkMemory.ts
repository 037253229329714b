import { formatBytes } from '../../core/formatBytes.ts';
import type { MachineMemory } from '../../core/modelMemory.ts';

/** A model that is to be in memory, and what it takes. */
export interface NeededMemory {
  /** What it is called in the sum, such as `generator qwen3-1.7b`. */
  readonly name: string;
  readonly bytes: number;
}

/** Whether models fit a machine together. */
export interface MemoryCheck {
  /**
   * `no`: not even with all of the machine's memory. `tight`: not in what is free now. `yes`: in what is free now.
   */
  readonly fits: 'yes' | 'tight' | 'no';
  readonly totalBytes: number;
  /** The sum in words, such as `generator a 1.2 GiB + mentor b 5.1 GiB = 6.3 GiB`. */
  readonly sum: string;
}

/**
 * Whether models fit into a machine's memory together.
 *
 * @param reclaimableBytes - what our own loaded models would give back; counts as free.
 */
export function checkMemory(
  needed: readonly NeededMemory[],
  memory: MachineMemory,
  reclaimableBytes: number,
): MemoryCheck {
  const totalBytes = needed.reduce((sum, { bytes }) => sum + bytes, 0);
  const parts = needed.map(({ name, bytes }) => `${name} ${formatBytes(bytes)}`).join(' + ');
  const sum = needed.length > 1 ? `${parts} = ${formatBytes(totalBytes)}` : parts;
  if (totalBytes > memory.totalBytes) return { fits: 'no', totalBytes, sum };
  const free = Math.min(memory.totalBytes, memory.availableBytes + reclaimableBytes);
  return { fits: totalBytes > free ? 'tight' : 'yes', totalBytes, sum };
}
