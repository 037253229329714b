import { z } from 'zod';
import type { PairSources } from '../../bench/pairBench.ts';
import { MentorCollabError } from '../../core/errors.ts';
import { isSameSource } from '../../core/modelSource.ts';
import type { CommandContext } from '../commandContext.ts';
import { readTextFile } from '../questionInput.ts';
import { modelResolver } from '../runOptions.ts';
import { UsageError } from '../usageError.ts';
import type { BenchOptions } from './benchOptions.ts';

const matrixSchema = z
  .array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._=+-]{0,59}$/u, 'up to 60 letters, digits, spaces and . _ = + -'),
      generator: z.string().min(1),
      mentor: z.string().min(1),
      verifier: z.string().min(1).optional(),
    }),
  )
  .min(1);

/**
 * The pairs of a matrix: a JSON list of objects with `name`, `generator`, `mentor` and, where a third model verifies,
 * `verifier`; models as on the command line.
 *
 * @throws UsageError where `--generator` and the like say otherwise; MentorCollabError `bad-input` for a file that can't be
 * used, `model-missing` for a model that is not there.
 */
export async function readMatrix(
  file: string,
  options: BenchOptions,
  context: CommandContext,
): Promise<readonly (PairSources & { readonly name: string })[]> {
  for (const role of ['generator', 'mentor', 'verifier'] as const) {
    if (options.text(role) !== undefined) throw new UsageError(`--matrix names all models; leave out --${role}.`);
  }
  const resolve = modelResolver(context);
  const pairs = parse(file, await readTextFile(file, context));
  const names = pairs.map(({ name }) => name.toLowerCase());
  const twin = pairs.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
  if (twin) throw new MentorCollabError('bad-input', `Two pairs of ${file} are called "${twin.name}". Rename one.`);
  return pairs.map(({ name, ...models }) => {
    const generator = resolve('generator', models.generator);
    const verifier = models.verifier === undefined ? null : resolve('verifier', models.verifier);
    return {
      name,
      generator,
      mentor: resolve('mentor', models.mentor),
      verifier: isSameSource(verifier, generator) ? null : verifier,
    };
  });
}

function parse(file: string, text: string): z.infer<typeof matrixSchema> {
  try {
    return matrixSchema.parse(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause).replace(/\s*\n\s*/g, ' ') : String(cause);
    throw new MentorCollabError(
      'bad-input',
      `${file} is no matrix: ${reason}. It must be a JSON list of {"name", "generator", "mentor", "verifier"?}.`,
      { cause },
    );
  }
}
