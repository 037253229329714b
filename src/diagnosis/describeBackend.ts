import type { GpuChoice } from '../protocol/engine.ts';
import type { EngineBackend } from '../protocol/engineStatus.ts';

const NAMES = { cpu: 'the processor (CPU)', cuda: 'CUDA', vulkan: 'Vulkan', metal: 'Metal' } as const;

/**
 * What models are computed on, and why not on a graphics processor: whole sentences behind a verb, such as
 * `CUDA: NVIDIA H100.`
 *
 * @param gpu - what was allowed.
 */
export function describeBackend({ name, devices, note }: EngineBackend, gpu: GpuChoice): string {
  const on = devices.length === 0 ? '' : `: ${devices.join(', ')}`;
  const reason = note ?? (name === 'cpu' ? withoutGpu(gpu) : null);
  return reason === null ? `${NAMES[name]}${on}.` : `${NAMES[name]}${on}. ${reason}`;
}

function withoutGpu(gpu: GpuChoice): string {
  return gpu === 'off'
    ? 'Graphics processors are switched off.'
    : 'No graphics processor was found that this package can use.';
}
