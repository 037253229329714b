import { openLlamaModel } from '../support/models/openLlamaModel.ts';
import type { SuccessorModel } from '../support/models/successorModel.ts';
import { chain, writeSuccessorModel } from '../support/models/successorModel.ts';
import { SENTENCE_PIECE_MODEL } from '../support/models/tinyModels.ts';
import { scratchFolder } from '../support/scratchFolder.ts';
import { describeLanguageModelContract } from './languageModelContract.ts';

describe('tiny models', () => {
  const scratch = scratchFolder();
  /** The suite asks for texts that grow, so this one never ends its turn. */
  const endless: SuccessorModel = {
    ...SENTENCE_PIECE_MODEL,
    successors: new Map([...SENTENCE_PIECE_MODEL.successors, ...chain('▁ok', '▁Hi')]),
  };

  describeLanguageModelContract('a SentencePiece model with byte fallback on llama.cpp', {
    open: async () => {
      const path = scratch.file('sentence-piece.gguf');
      await writeSuccessorModel(path, endless);
      return openLlamaModel(path);
    },
    question: 'Hi there',
    vocabularySize: endless.tokens.length,
    specialText: '</s>',
  });
});
