import { z } from 'zod';
import type { ModelIdentity, Verifier, VerifierCard } from '../verifierWeights.ts';
import { quoted, UnusableFile } from './unusableFile.ts';

/** Of the files that are written here. */
export const VERIFIER_FORMAT_VERSION = '1.0';
const FORMAT = 'mentorcollab-verifier';
/** More features than a decision has by far. */
const MOST_FEATURES = 1_000;

const count = z.int().min(0);
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable();
const auc = z.number().min(0).max(1).nullable();
const modelSchema: z.ZodType<ModelIdentity> = z.object({ name: z.string(), sha256 });
const cardSchema: z.ZodType<VerifierCard> = z.object({
  formatVersion: z.string(),
  createdAt: z.string(),
  generator: modelSchema,
  mentor: modelSchema,
  data: z.object({ name: z.string(), sha256, questions: count }),
  examples: z.object({ training: count, heldOut: count }),
  heldOutAuc: z.object({ mlp: auc, logistic: auc }),
});
const featuresSchema = z.array(z.string().min(1)).max(MOST_FEATURES);

/** What a verifier's file tells beside its tensors. */
export interface VerifierMetadata {
  /** Null where the file is none of ours, such as a published state dict. */
  readonly card: VerifierCard | null;
  /** Names of the logistic model's features; null where there is none. */
  readonly features: readonly string[] | null;
}

/**
 * Reads the metadata of a safetensors file; those of other programs tell nothing of the verifier.
 *
 * @throws UnusableFile where it is ours and can't be understood, or is of a newer major version.
 */
export function readVerifierMetadata(metadata: ReadonlyMap<string, string>): VerifierMetadata {
  if (metadata.get('format') !== FORMAT) return { card: null, features: null };
  return {
    card: readCard(metadata.get('card')),
    features: parse('features', featuresSchema, metadata.get('features')),
  };
}

/** The metadata of a verifier, texts by name. */
export function writeVerifierMetadata({ card, logistic }: Verifier): Readonly<Record<string, string>> {
  return {
    format: FORMAT,
    ...(card && { card: JSON.stringify(card) }),
    ...(logistic && { features: JSON.stringify(logistic.features) }),
  };
}

function readCard(text: string | undefined): VerifierCard | null {
  const version = parse('card', z.object({ formatVersion: z.string() }), text)?.formatVersion;
  if (version !== undefined && version.split('.')[0] !== VERIFIER_FORMAT_VERSION.split('.')[0]) {
    throw new UnusableFile(
      `is of format ${quoted(version)}, and this version reads ${VERIFIER_FORMAT_VERSION}`,
      'Update MentorCollab, or train the verifier anew with train-verifier.',
    );
  }
  return parse('card', cardSchema, text);
}

/** A text of the metadata as JSON of a known shape; null where there is none. */
function parse<T>(name: string, schema: z.ZodType<T>, text: string | undefined): T | null {
  if (text === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UnusableFile(`has metadata "${name}" that is no JSON`, undefined, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UnusableFile(`has metadata "${name}" that can't be understood`, undefined, { cause: parsed.error });
}
