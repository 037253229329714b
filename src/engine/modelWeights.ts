import type { LlamaModel } from 'node-llama-cpp';
import type { GgufFile } from './gguf/ggufFile.ts';
import type { Log, NativeLlama } from './nativeLlama.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The parts of a model that live as long as its weights. */
export interface ModelWeights {
  readonly native: NativeLlama;
  readonly model: LlamaModel;
  readonly file: GgufFile;
  readonly sha256: string;
  readonly vocabulary: Vocabulary;
  readonly log: Log;
}
