import { FileHashes } from '../../../src/engine/gguf/fileHashes.ts';
import { readGgufFile } from '../../../src/engine/gguf/ggufFile.ts';
import type { ContextOptions } from '../../../src/engine/openContext.ts';
import { LlamaLanguageModel } from '../../../src/engine/llamaLanguageModel.ts';
import { NativeLlama } from '../../../src/engine/nativeLlama.ts';

/** Loads a model for a test; one thread, so that tests don't disturb each other. */
export async function openLlamaModel(path: string, context: Partial<ContextOptions> = {}): Promise<LlamaLanguageModel> {
  const native = await NativeLlama.load('off');
  return LlamaLanguageModel.load({
    native,
    hashes: new FileHashes(),
    file: await readGgufFile(native, path),
    context: { contextSize: null, threads: 1, ...context },
    signal: new AbortController().signal,
    log: () => undefined,
    onProgress: () => undefined,
  });
}
