import type { LlamaGpuType, LlamaOptions } from 'node-llama-cpp';
import { asMentorCollabError } from '../core/errors.ts';
import type { EngineBackend } from '../protocol/engineStatus.ts';

/** The part of a started llama.cpp that tells what it computes on. */
export interface GraphicsLlama {
  readonly gpu: LlamaGpuType;
  getGpuDeviceNames(): Promise<readonly string[]>;
}

/** The part of node-llama-cpp that starts it. */
export interface LlamaStarter<Started extends GraphicsLlama> {
  getLlamaGpuTypes(include: 'supported'): Promise<readonly LlamaGpuType[]>;
  getLlama(options: LlamaOptions): Promise<Started>;
}

/** llama.cpp on a graphics processor; or why there is none to be used, null where the machine has nothing for one. */
export type GraphicsStart<Started extends GraphicsLlama> =
  | { readonly type: 'started'; readonly llama: Started; readonly backend: EngineBackend }
  | { readonly type: 'unused'; readonly note: string | null };

/**
 * Starts llama.cpp on the best kind of graphics processor that this machine has the drivers and a binary for. That there
 * are drivers is not enough: Vulkan's come with many systems that have no graphics processor, where llama.cpp starts and
 * then computes on the processor.
 */
export async function startGraphics<Started extends GraphicsLlama>(
  module: LlamaStarter<Started>,
  options: Omit<LlamaOptions, 'gpu'>,
): Promise<GraphicsStart<Started>> {
  const types = (await module.getLlamaGpuTypes('supported')).filter((type) => type !== false);
  if (types.length === 0) return { type: 'unused', note: null };
  const drivers = types.join(' and ');
  try {
    const llama = await module.getLlama({ ...options, gpu: { type: 'auto', exclude: [false] } });
    const devices = await llama.getGpuDeviceNames();
    if (llama.gpu !== false && devices.length > 0) {
      return { type: 'started', llama, backend: { name: llama.gpu, devices, note: null } };
    }
    const note = `No graphics processor is used: this machine has drivers for ${drivers}, but llama.cpp finds no device of that kind.`;
    return { type: 'unused', note };
  } catch (thrown) {
    const reason = asMentorCollabError(thrown).message.replace(/\.?\s*$/, '.');
    const note = `No graphics processor is used: this machine has drivers for ${drivers}, but llama.cpp's part for it is not installed, or does not start: ${reason}`;
    return { type: 'unused', note };
  }
}
