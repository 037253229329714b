import { MentorCollabError } from '../../core/errors.ts';
import { formatBytes } from '../../core/formatBytes.ts';
import type { CatalogueModel } from '../../models/catalogue/catalogue.ts';
import { nearestFittingPair } from '../../models/catalogue/nearestFittingPair.ts';
import { readCatalogue } from '../../models/catalogue/readCatalogue.ts';
import { roughTotalBytes } from '../../models/catalogue/roughMemory.ts';
import type { NeededMemory } from '../../models/memory/checkMemory.ts';
import { checkMemory } from '../../models/memory/checkMemory.ts';
import { readMachineMemory } from '../../models/memory/machineMemory.ts';
import { isServerReference } from '../../models/serverReference.ts';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import type { CommandContext, CommandOutcome } from '../commandContext.ts';
import { tell } from '../commandContext.ts';
import type { CommandOptions, OptionSpec } from '../commandOptions.ts';
import { modelResolver } from '../runOptions.ts';
import { abortSignalOf } from './libraryOf.ts';

type EstimateOptionName = 'generator' | 'mentor' | 'verifier' | 'context-size' | 'json';

export const ESTIMATE_OPTIONS: readonly OptionSpec<EstimateOptionName>[] = [
  { name: 'generator', value: 'MODEL', help: 'as for solve (default demo-small)' },
  { name: 'mentor', value: 'MODEL', help: 'as for solve (default demo-mentor)' },
  { name: 'verifier', value: 'MODEL', help: 'as for solve (default: the generator itself)' },
  { name: 'context-size', value: 'N', help: 'tokens of context to count with (default 4096)' },
  { name: 'json', help: 'print the sum as one JSON document' },
];

const ROLES = ['generator', 'mentor', 'verifier'] as const;
const DEFAULTS = { generator: 'demo-small', mentor: 'demo-mentor', verifier: null } as const;

/**
 * `models estimate`: what models take in memory together, from their files, or roughly from the catalogue for those that
 * are not downloaded, and whether this machine has it. Models on servers take nothing here.
 */
export async function estimateCommand(
  options: CommandOptions<EstimateOptionName>,
  context: CommandContext,
): Promise<CommandOutcome> {
  const catalogue = readCatalogue(context.modelsFolder);
  const contextSize = options.count('context-size', 128, 10_485_760) ?? null;
  const named = ROLES.flatMap((role) => {
    const reference = options.text(role) ?? DEFAULTS[role];
    return reference === null || isServerReference(reference) ? [] : [{ role, reference }];
  });
  const engine = await context.openEngine();
  try {
    const needed: NeededMemory[] = [];
    for (const { role, reference } of named) {
      const model = catalogue.models.find(({ id }) => id === reference) ?? null;
      const bytes = await bytesOf({ reference, model, contextSize, engine }, context);
      needed.push({ name: `${role} ${reference}`, bytes });
    }
    const memory = await readMachineMemory();
    const check = checkMemory(needed, memory, 0);
    const modelOf = (role: string): CatalogueModel | null => {
      const reference = named.find((one) => one.role === role)?.reference;
      return catalogue.models.find(({ id }) => id === reference) ?? null;
    };
    const wanted = { generator: modelOf('generator'), mentor: modelOf('mentor') };
    const limit = { memoryBytes: memory.totalBytes, contextSize };
    const nearest = check.fits === 'no' ? nearestFittingPair(catalogue, wanted, limit) : null;
    if (options.has('json')) context.output.write(`${JSON.stringify({ ...check, needed, memory, nearest })}\n`);
    else context.output.write(`${check.sum}\n${verdict(check.fits, memory.totalBytes)}\n`);
    if (nearest) tell(context, `the nearest pair that fits: ${nearest.generator.id} with ${nearest.mentor.id}.`);
    return check.fits === 'no' ? 'failed' : 'done';
  } finally {
    await engine.dispose();
  }
}

interface Estimated {
  readonly reference: string;
  readonly model: CatalogueModel | null;
  readonly contextSize: number | null;
  readonly engine: ReasoningEngine;
}

async function bytesOf({ reference, model, contextSize, engine }: Estimated, context: CommandContext): Promise<number> {
  try {
    const source = modelResolver(context)('generator', reference);
    if (source.type === 'server') return 0;
    const options = { contextSize, threads: null, gpu: 'off' } as const;
    return (await engine.inspect(source.path, options, abortSignalOf(context))).memory.totalBytes;
  } catch (thrown) {
    const rough = model && roughTotalBytes([model], contextSize);
    if (rough !== null && thrown instanceof MentorCollabError && thrown.code === 'model-missing') return rough;
    throw thrown;
  }
}

function verdict(fits: 'yes' | 'tight' | 'no', totalBytes: number): string {
  switch (fits) {
    case 'yes':
      return 'Fits into the memory that is free now.';
    case 'tight':
      return `Fits into this machine (${formatBytes(totalBytes)}), but not into what is free now.`;
    case 'no':
      return `Does not fit into this machine (${formatBytes(totalBytes)}).`;
  }
}
