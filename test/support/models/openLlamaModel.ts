import { FileHashes } from '../../../src/engine/fileHashes.ts';
import type { ContextOptions } from '../../../src/engine/llamaLanguageModel.ts';
import { LlamaLanguageModel } from '../../../src/engine/llamaLanguageModel.ts';
import { NativeLlama } from '../../../src/engine/nativeLlama.ts';

let native: Promise<NativeLlama> | null = null;

/** Loads a model of a test on the llama.cpp that all tests of a process share; one thread, so that tests don't disturb each other. */
export async function openLlamaModel(path: string, context: Partial<ContextOptions> = {}): Promise<LlamaLanguageModel> {
  native ??= NativeLlama.load(() => undefined);
  return LlamaLanguageModel.load({
    native: await native,
    hashes: new FileHashes(),
    path,
    context: { contextSize: null, threads: 1, ...context },
    signal: new AbortController().signal,
    log: () => undefined,
    onProgress: () => undefined,
  });
}
