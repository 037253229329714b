import type { SuccessorModel } from './successorModel.ts';
import { BYTE_TOKENS, chain, wordTokens, writeSuccessorModel } from './successorModel.ts';

const WORDS = ['▁one', '▁two', '▁three', '▁four'] as const;

/** A model that counts `one two three four` over and over, so that a run has to be stopped to end. */
const ENDLESS_MODEL: SuccessorModel = {
  tokenizer: 'llama',
  tokens: [
    { spelling: '<unk>', type: 'unknown' },
    { spelling: '<s>', type: 'control' },
    { spelling: '</s>', type: 'control' },
    { spelling: '<answer>', type: 'control' },
    ...BYTE_TOKENS,
    ...wordTokens(...WORDS),
  ],
  successors: new Map(chain('<answer>', ...WORDS, WORDS[0])),
  bos: '<s>',
  end: '</s>',
  addsBos: true,
  chatTemplate: "{{ bos_token }}{{ messages[0]['content'] }}<answer>",
  contextLength: 32_768,
};

/** Settings with which a run over the model goes on for tens of thousands of words. */
export const ENDLESS_SETTINGS = { contextSize: ENDLESS_MODEL.contextLength, maxTokens: 30_000 } as const;

/** Writes the model as a GGUF file. */
export function writeEndlessModel(path: string): Promise<void> {
  return writeSuccessorModel(path, ENDLESS_MODEL);
}
