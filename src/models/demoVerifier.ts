import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ModelSource } from '../core/modelSource.ts';
import { DEMO_MODELS } from './demoPair.ts';

/** Its file in `media/models`. */
const FILE_NAME = 'demo-verifier.safetensors';

/** The verifier that comes with the demo pair, beside its generator; null for every other generator. */
export function demoVerifierOf(generator: ModelSource): string | null {
  if (generator.type === 'server' || basename(generator.path) !== DEMO_MODELS[0]?.fileName) return null;
  const path = join(dirname(generator.path), FILE_NAME);
  return existsSync(path) ? path : null;
}
