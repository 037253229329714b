import { openLlamaModel } from '../support/models/openLlamaModel.ts';
import { writeSuccessorModel } from '../support/models/successorModel.ts';
import { ENDLESS_MODEL } from '../support/models/tinyModels.ts';
import { scratchFolder } from '../support/scratchFolder.ts';
import { describeLanguageModelContract } from './languageModelContract.ts';

describe('tiny models', () => {
  const scratch = scratchFolder();
  describeLanguageModelContract('a SentencePiece model with byte fallback on llama.cpp', {
    open: async () => {
      const path = scratch.file('sentence-piece.gguf');
      await writeSuccessorModel(path, ENDLESS_MODEL);
      return openLlamaModel(path, { contextSize: 400 });
    },
    question: 'Hi there',
    vocabularySize: ENDLESS_MODEL.tokens.length,
    specialText: '</s>',
  });
});
