import { asMentorCollabError } from '../../core/errors.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import type { Catalogue, CatalogueModel } from '../../models/catalogue/catalogue.ts';
import { catalogueModelOf, nearestPairOf } from '../../models/catalogue/nearestPairOf.ts';
import { readCatalogue } from '../../models/catalogue/readCatalogue.ts';
import { roughMemory } from '../../models/catalogue/roughMemory.ts';
import { DEFAULT_CONTEXT_TOKENS } from '../../models/defaultContextTokens.ts';
import type { ModelRole, ReasoningEngine } from '../../protocol/engine.ts';
import type { CommandContext, CommandOutcome } from '../commandContext.ts';
import type { CommandOptions, OptionSpec } from '../commandOptions.ts';
import { modelResolver } from '../runOptions.ts';
import { UsageError } from '../usageError.ts';
import type { PairEstimate, RoleEstimate } from './estimate.ts';
import { sumUp } from './estimate.ts';
import { estimateText } from './estimateText.ts';

type EstimateOptionName = ModelRole | 'context-size' | 'memory' | 'json';

export const ESTIMATE_OPTIONS: readonly OptionSpec<EstimateOptionName>[] = [
  { name: 'generator', value: 'MODEL', help: 'as for solve (default demo-small)' },
  { name: 'mentor', value: 'MODEL', help: 'as for solve (default demo-mentor)' },
  { name: 'verifier', value: 'MODEL', help: 'as for solve (default: the generator itself)' },
  { name: 'context-size', value: 'N', help: 'tokens of context to count with (default 4096)' },
  { name: 'memory', value: 'GIB', help: 'judge by a machine with so much memory (default: this one)' },
  { name: 'json', help: 'print the estimate as one JSON document' },
];

const MOST_GIB = 65_536;
const LEAST_CONTEXT = 128;
const MOST_CONTEXT = 10_485_760;

/** A role as it was asked for. */
interface NamedRole {
  readonly role: ModelRole;
  readonly reference: string;
}

/** A role with what is known of its model; without a source it is of the catalogue, and not downloaded yet. */
interface FoundRole extends NamedRole {
  readonly source: ModelSource | null;
  readonly model: CatalogueModel | null;
}

/**
 * `models estimate`: what models take in memory together, by their files, or roughly by the catalogue for those that
 * are not downloaded, and whether this machine has it. Models on servers take nothing here. Fails when they can't fit.
 */
export async function estimateCommand(
  options: CommandOptions<EstimateOptionName>,
  context: CommandContext,
): Promise<CommandOutcome> {
  const [extra] = options.positionals;
  if (extra !== undefined) throw new UsageError(`models estimate takes no "${extra}": name models by --generator.`);
  const gibibytes = options.count('memory', 1, MOST_GIB);
  const contextSize = options.count('context-size', LEAST_CONTEXT, MOST_CONTEXT) ?? null;
  const catalogue = readCatalogue(context.modelsFolder);
  const found = namedRoles(options).map((named) => findRole(named, catalogue, context));
  const bytes = (gibibytes ?? 0) * 2 ** 30;
  const memory = gibibytes === undefined ? await context.machineMemory() : { totalBytes: bytes, availableBytes: bytes };
  const summed = sumUp(await estimateRoles(found, contextSize, context), memory);
  const modelOf = (role: ModelRole): CatalogueModel | null => found.find((one) => one.role === role)?.model ?? null;
  const run = { generator: modelOf('generator'), mentor: modelOf('mentor'), verifier: modelOf('verifier') };
  const nearest =
    summed.fits === 'no' ? nearestPairOf(catalogue, run, { machineBytes: memory.totalBytes, contextSize }) : null;
  const estimate: PairEstimate = {
    ...summed,
    nearest: nearest && { generator: nearest.generator.id, mentor: nearest.mentor.id, totalBytes: nearest.totalBytes },
  };
  context.output.write(options.has('json') ? `${JSON.stringify(estimate)}\n` : estimateText(estimate));
  return estimate.fits === 'no' ? 'failed' : 'done';
}

/** A verifier that is the generator is no model of its own. */
function namedRoles(options: CommandOptions<EstimateOptionName>): readonly NamedRole[] {
  const generator = options.text('generator') ?? 'demo-small';
  const verifier = options.text('verifier');
  return [
    { role: 'generator', reference: generator },
    { role: 'mentor', reference: options.text('mentor') ?? 'demo-mentor' },
    ...(verifier === undefined || verifier === generator ? [] : [{ role: 'verifier', reference: verifier } as const]),
  ];
}

function findRole(named: NamedRole, catalogue: Catalogue, context: CommandContext): FoundRole {
  const model = catalogue.models.find(({ id }) => id === named.reference) ?? null;
  try {
    const source = modelResolver(context)(named.role, named.reference);
    return { ...named, source, model: model ?? catalogueModelOf(catalogue, source) };
  } catch (thrown) {
    if (model === null || asMentorCollabError(thrown).code !== 'model-missing') throw thrown;
    return { ...named, source: null, model };
  }
}

/** The engine is only needed for files, and then counts as it does before it loads them, on the processor. */
async function estimateRoles(
  found: readonly FoundRole[],
  contextSize: number | null,
  context: CommandContext,
): Promise<readonly RoleEstimate[]> {
  if (!found.some(({ source }) => source?.type === 'file')) return found.map((one) => withoutFile(one, contextSize));
  const engine = await context.openEngine();
  try {
    const estimates: RoleEstimate[] = [];
    for (const one of found) {
      const { source } = one;
      const byFile = source?.type === 'file' ? await fromFile({ ...one, source }, engine, contextSize, context) : null;
      estimates.push(byFile ?? withoutFile(one, contextSize));
    }
    return estimates;
  } finally {
    await engine.dispose();
  }
}

async function fromFile(
  { role, reference, source: { path } }: NamedRole & { readonly source: { readonly path: string } },
  engine: ReasoningEngine,
  contextSize: number | null,
  { signal }: CommandContext,
): Promise<RoleEstimate> {
  const report = await engine.inspect(path, { contextSize, threads: null, gpu: 'off' }, signal);
  const { memory } = report;
  return { role, model: reference, source: 'file', path, contextSize: report.contextSize, memory };
}

function withoutFile({ role, reference, source, model }: FoundRole, contextSize: number | null): RoleEstimate {
  const nothing = { weightsBytes: 0, contextBytes: 0, totalBytes: 0 };
  const facts = { role, model: reference, path: null };
  if (source?.type === 'server') return { ...facts, source: 'server', contextSize: null, memory: nothing };
  const tokens = Math.min(contextSize ?? DEFAULT_CONTEXT_TOKENS, model?.contextTokens ?? Infinity);
  const rough = model && roughMemory(model, contextSize);
  const memory = rough && {
    weightsBytes: rough.weightBytes,
    contextBytes: rough.totalBytes - rough.weightBytes,
    totalBytes: rough.totalBytes,
  };
  return { ...facts, source: 'catalogue', contextSize: tokens, memory };
}
