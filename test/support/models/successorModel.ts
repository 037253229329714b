import { writeFile } from 'node:fs/promises';
import type { GgufTensor, GgufValue } from './ggufWriter.ts';
import { writeGguf } from './ggufWriter.ts';

/** One token of a vocabulary; `bytes` are SentencePiece's `<0xHH>` tokens. */
export interface TinyToken {
  readonly spelling: string;
  readonly type: 'normal' | 'unknown' | 'control' | 'byte';
}

/** A real GGUF file for llama.cpp whose model says after each token the one that is written down here. */
export interface SuccessorModel {
  /** `llama` is SentencePiece, `gpt2` byte-level BPE. */
  readonly tokenizer: 'llama' | 'gpt2';
  readonly tokens: readonly TinyToken[];
  /** What follows what, as spellings; a token that is not named is followed by the end token. */
  readonly successors: ReadonlyMap<string, string>;
  readonly bos: string;
  readonly end: string;
  readonly addsBos: boolean;
  /** Absent for a model without a chat template. */
  readonly chatTemplate?: string;
  readonly contextLength: number;
  /** Logit of a successor, default 12; all others have 0. */
  readonly logit?: number;
}

const TOKEN_TYPE = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;
const HEAD_WIDTH = 32;
const LOGIT = 12;

/** Tokens for all 256 bytes, as SentencePiece has them. */
export const BYTE_TOKENS: readonly TinyToken[] = Array.from({ length: 256 }, (_, byte) => ({
  spelling: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
  type: 'byte',
}));

/** Every beginning of each word, longest last, so that a tokenizer that merges pairs can build the word. */
export function wordTokens(...words: readonly string[]): TinyToken[] {
  const spellings = new Set<string>();
  for (const word of words) {
    const characters = Array.from(word);
    for (const character of characters) spellings.add(character);
    for (let length = 2; length <= characters.length; length++) spellings.add(characters.slice(0, length).join(''));
  }
  return [...spellings].map((spelling) => ({ spelling, type: 'normal' }));
}

/** Follows a list of tokens from its first to its last, for {@link SuccessorModel.successors}. */
export function chain(...spellings: readonly string[]): [string, string][] {
  return spellings.slice(1).map((spelling, index) => [spellings[index] ?? '', spelling]);
}

/** Writes the model to a file. */
export async function writeSuccessorModel(path: string, model: SuccessorModel): Promise<void> {
  await writeFile(path, writeGguf(metadataOf(model), tensorsOf(model)));
}

function idOf(model: SuccessorModel, spelling: string): number {
  const id = model.tokens.findIndex((token) => token.spelling === spelling);
  if (id < 0) throw new Error(`There is no token ${JSON.stringify(spelling)}.`);
  return id;
}

function metadataOf(model: SuccessorModel): Map<string, GgufValue> {
  const width = widthOf(model);
  const spellings = model.tokens.map(({ spelling }) => spelling);
  const uint32 = (value: number): GgufValue => ({ type: 'uint32', value });
  return new Map<string, GgufValue>([
    ['general.architecture', { type: 'string', value: 'llama' }],
    ['general.file_type', uint32(0)],
    ['llama.vocab_size', uint32(spellings.length)],
    ['llama.context_length', uint32(model.contextLength)],
    ['llama.embedding_length', uint32(width)],
    ['llama.block_count', uint32(1)],
    ['llama.feed_forward_length', uint32(HEAD_WIDTH)],
    ['llama.attention.head_count', uint32(width / HEAD_WIDTH)],
    ['llama.attention.head_count_kv', uint32(width / HEAD_WIDTH)],
    ['llama.attention.layer_norm_rms_epsilon', { type: 'float32', value: 1e-6 }],
    ['llama.rope.dimension_count', uint32(HEAD_WIDTH)],
    ['tokenizer.ggml.model', { type: 'string', value: model.tokenizer }],
    ['tokenizer.ggml.pre', { type: 'string', value: model.tokenizer === 'gpt2' ? 'llama-bpe' : 'default' }],
    ['tokenizer.ggml.tokens', { type: 'strings', value: spellings }],
    ['tokenizer.ggml.token_type', { type: 'int32s', value: model.tokens.map(({ type }) => TOKEN_TYPE[type]) }],
    // The longer a piece, the sooner it is merged.
    ['tokenizer.ggml.scores', { type: 'float32s', value: spellings.map((spelling) => spelling.length) }],
    ['tokenizer.ggml.merges', { type: 'strings', value: mergesOf(model) }],
    ['tokenizer.ggml.bos_token_id', uint32(idOf(model, model.bos))],
    ['tokenizer.ggml.eos_token_id', uint32(idOf(model, model.end))],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: model.addsBos }],
    ...(model.chatTemplate === undefined
      ? []
      : [['tokenizer.chat_template', { type: 'string', value: model.chatTemplate }] as const]),
  ]);
}

/** Each longer piece is made of its beginning and its last character. */
function mergesOf(model: SuccessorModel): string[] {
  if (model.tokenizer === 'llama') return [];
  return model.tokens
    .filter(({ spelling, type }) => type === 'normal' && Array.from(spelling).length > 1)
    .map(({ spelling }) => {
      const characters = Array.from(spelling);
      return `${characters.slice(0, -1).join('')} ${characters.at(-1) ?? ''}`;
    });
}

function widthOf(model: SuccessorModel): number {
  return Math.ceil(model.tokens.length / HEAD_WIDTH) * HEAD_WIDTH;
}

/**
 * Each token's embedding is a direction of its own, attention and feed-forward add nothing, and the output matrix leads
 * from each direction to the successor. The final norm scales a unit vector to the root of its width.
 */
function tensorsOf(model: SuccessorModel): GgufTensor[] {
  const width = widthOf(model);
  const count = model.tokens.length;
  const embedding = new Float32Array(width * count);
  const output = new Float32Array(width * count);
  for (const [id, { spelling }] of model.tokens.entries()) {
    embedding[id * width + id] = 1;
    const next = idOf(model, model.successors.get(spelling) ?? model.end);
    output[next * width + id] = (model.logit ?? LOGIT) / Math.sqrt(width);
  }
  const square = new Float32Array(width * width);
  const narrow = new Float32Array(width * HEAD_WIDTH);
  const ones = new Float32Array(width).fill(1);
  return [
    { name: 'token_embd.weight', dimensions: [width, count], values: embedding },
    { name: 'output_norm.weight', dimensions: [width], values: ones },
    { name: 'output.weight', dimensions: [width, count], values: output },
    { name: 'blk.0.attn_norm.weight', dimensions: [width], values: ones },
    { name: 'blk.0.attn_q.weight', dimensions: [width, width], values: square },
    { name: 'blk.0.attn_k.weight', dimensions: [width, width], values: square },
    { name: 'blk.0.attn_v.weight', dimensions: [width, width], values: square },
    { name: 'blk.0.attn_output.weight', dimensions: [width, width], values: square },
    { name: 'blk.0.ffn_norm.weight', dimensions: [width], values: ones },
    { name: 'blk.0.ffn_gate.weight', dimensions: [width, HEAD_WIDTH], values: narrow },
    { name: 'blk.0.ffn_up.weight', dimensions: [width, HEAD_WIDTH], values: narrow },
    { name: 'blk.0.ffn_down.weight', dimensions: [HEAD_WIDTH, width], values: narrow },
  ];
}
