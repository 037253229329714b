/**
 * Bits of a weight by quantization, over all tensors of a file. Measured on Llama 3.1 8B by llama.cpp's authors
 * (tools/quantize/README.md, the table of quantization types); those that the table lacks are the block formats alone (ggml-common.h).
 * Small models have a larger share of embeddings, which are kept finer, so theirs come out somewhat higher.
 */
export const BITS_PER_WEIGHT: ReadonlyMap<string, number> = new Map([
  ['F32', 32],
  ['F16', 16.0005],
  ['BF16', 16.0005],
  ['Q8_0', 8.5008],
  ['Q6_K', 6.5633],
  ['Q5_K_M', 5.7036],
  ['Q5_K_S', 5.5704],
  ['Q4_K_M', 4.8944],
  ['Q4_K_S', 4.6672],
  ['Q4_0', 4.5],
  ['IQ4_XS', 4.4597],
  ['MXFP4', 4.25],
  ['Q3_K_L', 4.2979],
  ['Q3_K_S', 3.6429],
  ['Q2_K', 3.1593],
]);
