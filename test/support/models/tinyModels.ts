import type { SuccessorModel, TinyToken } from './successorModel.ts';
import { BYTE_TOKENS, chain, wordTokens } from './successorModel.ts';

const END: TinyToken = { spelling: '</s>', type: 'control' };

/**
 * A SentencePiece model: words carry their space, characters outside the vocabulary are bytes. It answers
 * `<question>]` with " Hi there, café 🙂 ok", and a verification with the letter B.
 */
export const SENTENCE_PIECE_MODEL: SuccessorModel = {
  tokenizer: 'llama',
  tokens: [
    { spelling: '<unk>', type: 'unknown' },
    { spelling: '<s>', type: 'control' },
    END,
    ...BYTE_TOKENS,
    ...wordTokens(
      '▁Hi',
      '▁there',
      '▁caf',
      '▁ok',
      '▁A',
      '▁B',
      'A',
      'B',
      '▁[INST]',
      '▁[/INST]',
      '▁choice',
      ',',
      '(',
      '▁(',
    ),
  ],
  successors: new Map([
    ...chain('▁[/INST]', '▁Hi', '▁there', ',', '▁caf', '<0xC3>', '<0xA9>', '▁', '<0xF0>', '<0x9F>', '<0x99>', '<0x82>'),
    ...chain('<0x82>', '▁ok', '</s>'),
    ['(', 'B'],
    ['▁(', '▁B'],
  ]),
  bos: '<s>',
  end: '</s>',
  addsBos: true,
  chatTemplate: "{{ bos_token }}[INST] {{ messages[0]['content'] | trim }} [/INST]",
  contextLength: 256,
};

/** The same, but it never ends its turn, in a context of any length. */
export const ENDLESS_MODEL: SuccessorModel = {
  ...SENTENCE_PIECE_MODEL,
  successors: new Map([...SENTENCE_PIECE_MODEL.successors, ...chain('▁ok', '▁Hi')]),
  contextLength: 100_000,
};

/** The same words after a template that ends with a special token, where the tokenizer puts a space of its own. */
export const SPACE_ADDING_MODEL: SuccessorModel = {
  ...SENTENCE_PIECE_MODEL,
  tokens: [...SENTENCE_PIECE_MODEL.tokens, { spelling: '<model>', type: 'control' }],
  successors: new Map([...SENTENCE_PIECE_MODEL.successors, ['<model>', '▁Hi']]),
  chatTemplate: "{{ bos_token }}{{ messages[0]['content'] }}<model>",
};

/**
 * A byte-level model that thinks: it writes `<think>`, a control token, " ok", `</think>`, another control token, " yes ."
 * and ends its turn. For this kind of vocabulary llama.cpp's own detokenizer would swallow the space before the stop.
 */
export const THINKING_MODEL: SuccessorModel = {
  tokenizer: 'gpt2',
  tokens: [
    { spelling: '<|begin|>', type: 'control' },
    { spelling: '<|user|>', type: 'control' },
    { spelling: '<|assistant|>', type: 'control' },
    { spelling: '<think>', type: 'control' },
    { spelling: '</think>', type: 'control' },
    { spelling: '<|pause|>', type: 'control' },
    END,
    ...wordTokens(
      'Ġok',
      'Ġyes',
      'Ġ.',
      'Ġgo',
      'Ċ',
      '<',
      '>',
      '|',
      '/',
      '?',
      ...Array.from('abcdefghijklmnopqrstuvwxyz'),
    ),
  ],
  successors: new Map([
    ...chain('Ċ', '<think>', 'Ġok', '</think>', 'Ġyes', 'Ġ.', '</s>'),
    ['Ġgo', '<|pause|>'],
    ['<|pause|>', 'Ġyes'],
  ]),
  bos: '<|begin|>',
  end: '</s>',
  addsBos: true,
  chatTemplate: "<|user|>{{ messages[0]['content'] }}<|assistant|>{{ '\n' }}",
  contextLength: 256,
};
