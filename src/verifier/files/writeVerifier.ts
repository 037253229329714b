import type { Verifier } from '../verifierWeights.ts';
import { logisticTensors } from './logisticTensors.ts';
import { mlpTensors } from './mlpTensors.ts';
import { readVerifier } from './readVerifier.ts';
import { writeVerifierMetadata } from './verifierMetadata.ts';
import { writeSafetensors } from './writeSafetensors.ts';

/**
 * A verifier as a safetensors file, which other programs read too.
 *
 * @throws MentorCollabError `bad-input` where it could not be read again: with numbers that are not finite, or lists that
 * do not fit each other.
 */
export function writeVerifier(verifier: Verifier): Uint8Array {
  const { mlp, logistic } = verifier;
  const tensors = new Map([...(mlp ? mlpTensors(mlp) : []), ...(logistic ? logisticTensors(logistic) : [])]);
  const bytes = writeSafetensors(tensors, writeVerifierMetadata(verifier));
  readVerifier(bytes, 'that was to be written');
  return bytes;
}
