import type { LanguageModel } from '../../src/core/languageModel.ts';
import type { ContextOptions } from '../../src/engine/openContext.ts';
import { openLlamaModel } from '../support/models/openLlamaModel.ts';
import { writeSuccessorModel } from '../support/models/successorModel.ts';
import { ENDLESS_MODEL } from '../support/models/tinyModels.ts';
import { scratchFolder } from '../support/scratchFolder.ts';
import { describeLanguageModelContract } from './languageModelContract.ts';

describe('tiny models', () => {
  const scratch = scratchFolder();
  const open = async (name: string, context: Partial<ContextOptions> = {}): Promise<LanguageModel> => {
    const path = scratch.file(name);
    await writeSuccessorModel(path, ENDLESS_MODEL);
    return openLlamaModel(path, { contextSize: 400, ...context });
  };

  describeLanguageModelContract('a SentencePiece model with byte fallback on llama.cpp', {
    open: () => open('sentence-piece.gguf'),
    openForHiddenStates: () => open('with-states.gguf', { hiddenStates: true }),
    question: 'Hi there',
    vocabularySize: ENDLESS_MODEL.tokens.length,
    specialText: '</s>',
  });
});
