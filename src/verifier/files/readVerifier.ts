import { MentorCollabError } from '../../core/errors.ts';
import type { Verifier } from '../verifierWeights.ts';
import { readLogistic } from './logisticTensors.ts';
import { isFirstOfMlp, readMlp, withoutPrefix } from './mlpTensors.ts';
import type { SafetensorsFile } from './readSafetensors.ts';
import { looksLikeSafetensors, readSafetensors } from './readSafetensors.ts';
import { TensorSource } from './tensorSource.ts';
import { legacyTorchProblem, torchTensors } from './torchTensors.ts';
import { UnusableFile } from './unusableFile.ts';
import { readVerifierMetadata } from './verifierMetadata.ts';

const CHOOSE_ANOTHER = 'Choose a verifier: a .safetensors file of train-verifier, or a published .pth file.';
/** That of the largest generators has little more than a gigabyte; files of two are not read in one go. */
export const MOST_VERIFIER_BYTES = 2 * 1024 ** 3 - 1;

/**
 * Reads a verifier from a file's bytes: one that `train-verifier` has written, or a state dict as MentorCollab's authors
 * publish them. What the file is, is told by its contents. All numbers are finite and all shapes fit.
 *
 * @param name - what messages call the file.
 * @throws MentorCollabError `bad-input` for any other file, saying what is wrong with it and what to do. Nothing that a
 * file holds is ever run, and no file makes this take more than a few times its own size.
 */
export function readVerifier(bytes: Uint8Array, name: string): Verifier {
  try {
    return read(bytes);
  } catch (thrown) {
    if (!(thrown instanceof UnusableFile)) throw thrown;
    const message = `The verifier file ${name} ${thrown.message}. ${thrown.advice}`;
    throw new MentorCollabError('bad-input', message, { cause: thrown });
  }
}

function read(bytes: Uint8Array): Verifier {
  const { tensors, metadata } = readTensors(bytes);
  const source = new TensorSource(withoutPrefix(tensors), bytes.length);
  const { card, features } = readVerifierMetadata(metadata);
  const verifier = { mlp: readMlp(source), logistic: readLogistic(source, features), card };
  if (verifier.mlp || verifier.logistic) return verifier;
  throw new UnusableFile('has neither an MLP (mlp.0.weight and others) nor a logistic model', CHOOSE_ANOTHER);
}

function readTensors(bytes: Uint8Array): SafetensorsFile {
  if (bytes.length > MOST_VERIFIER_BYTES) throw new UnusableFile('is far larger than any verifier', CHOOSE_ANOTHER);
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 512));
  if (start.startsWith('PK')) return { tensors: torchTensors(bytes, isFirstOfMlp), metadata: new Map() };
  if (looksLikeSafetensors(bytes)) return readSafetensors(bytes);
  throw legacyTorchProblem(bytes) ?? new UnusableFile(describeOther(start), CHOOSE_ANOTHER);
}

function describeOther(start: string): string {
  if (start === '') return 'is empty';
  if (start.startsWith('GGUF')) return 'is a GGUF model, not a verifier';
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(start)) return 'is a web page, not a verifier';
  if (start.startsWith('version https://git-lfs')) return 'is a Git LFS pointer, not the verifier itself';
  return 'is neither a safetensors file nor a PyTorch state dict';
}
