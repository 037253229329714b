import { z } from 'zod';
import type {
  Catalogue,
  CatalogueFile,
  CatalogueLicence,
  CatalogueModel,
  CataloguePair,
  ModelShape,
} from './catalogue.ts';
import { PAIR_MEMORY_SIZES } from './catalogue.ts';

const count = z.number().int().positive();
const id = z.string().regex(/^[a-z\d]+(?:[.-][a-z\d]+)*$/);
const line = z.string().regex(/^\S.*\S$/);
const repository = z.string().regex(/^[\w-][\w.-]*\/[\w-][\w.-]*$/);
/** No part is empty, `.` or `..`: a path from a file must not lead out of the folder it is put in. */
const filePath = z.string().regex(/^(?:[\w-][\w.+-]*\/)*[\w-][\w.+-]*\.gguf$/);

// The ids name the parts in the published JSON Schema. Strict: a misspelt name in the data must not go unnoticed.
const file: z.ZodType<CatalogueFile> = z
  .strictObject({
    name: filePath,
    bytes: count.nullable(),
    sha256: z
      .string()
      .regex(/^[\da-f]{64}$/)
      .nullable(),
  })
  .meta({ id: 'file' });

const licence: z.ZodType<CatalogueLicence> = z
  .strictObject({
    name: line,
    url: z
      .string()
      .regex(/^https:\/\/\S+$/)
      .nullable(),
    isGated: z.boolean(),
  })
  .meta({ id: 'licence' });

const shape: z.ZodType<ModelShape> = z
  .strictObject({ layers: count, keyValueHeads: count, headSize: count, vocabulary: count })
  .meta({ id: 'shape' });

const model: z.ZodType<CatalogueModel> = z
  .strictObject({
    id,
    name: line,
    family: id,
    kind: z.enum(['instruct', 'reasoning', 'base']),
    thinking: z.enum(['never', 'always', 'optional']),
    roles: z.array(z.enum(['generator', 'mentor', 'verifier'])).min(1),
    isPaperGenerator: z.boolean(),
    repository: repository.nullable(),
    revision: z
      .string()
      .regex(/^(?:main|[\da-f]{40})$/)
      .nullable(),
    originalRepository: repository.nullable(),
    quantization: z.string().regex(/^[A-Z][A-Z\d_]*$/),
    files: z.array(file).min(1),
    licence,
    parameters: count.nullable(),
    contextTokens: count.nullable(),
    shape: shape.nullable(),
  })
  .meta({ id: 'model' });

const pair: z.ZodType<CataloguePair> = z
  .strictObject({
    id,
    memoryGiB: z.literal(PAIR_MEMORY_SIZES).nullable(),
    generator: id,
    mentor: id,
    description: line,
  })
  .meta({ id: 'pair' });

/** Parses a catalogue's file, but for what its parts must have in common. */
export const catalogueSchema = z.strictObject({
  $schema: z.string().optional(),
  models: z.array(model),
  pairs: z.array(pair),
}) satisfies z.ZodType<Catalogue>;
