import type { MemoryEstimate } from '../../core/modelMemory.ts';
import type { GgufReport } from '../../protocol/ggufReport.ts';
import { contextSizeFor, tokensPerPass } from '../contextShape.ts';
import type { GgufFile } from './ggufFile.ts';

/**
 * What a model's files say of it and what running it on the processor takes, with the context that it would be opened
 * with: weights as they are mapped, the whole cache, and the buffers of a pass (llama.cpp's own sums, by node-llama-cpp's
 * insights).
 *
 * @param contextSize - tokens that were asked for; null for the default.
 */
export async function reportGguf(file: GgufFile, contextSize: number | null): Promise<GgufReport> {
  const trainContextSize = file.insights.trainContextSize ?? null;
  const size = contextSizeFor(contextSize, trainContextSize);
  return {
    facts: file.facts,
    trainContextSize,
    contextSize: size,
    hasChatTemplate: file.hasChatTemplate,
    partPaths: file.parts.map(({ path }) => path),
    memory: await estimateMemory(file, size),
  };
}

async function estimateMemory({ insights, facts }: GgufFile, contextSize: number): Promise<MemoryEstimate> {
  const weights = await insights.estimateModelResourceRequirementsV2({ gpuLayers: 0 });
  const context = await insights.estimateContextResourceRequirementsV2({
    contextSize,
    modelGpuLayers: 0,
    batchSize: Math.min(tokensPerPass(facts.parameters ?? 0), contextSize),
    sequences: 1,
    swaFullCache: true,
  });
  const weightsBytes = weights.cpuRam + weights.gpuVram;
  const contextBytes = context.cpuRam + context.gpuVram;
  return { weightsBytes, contextBytes, totalBytes: weightsBytes + contextBytes };
}
