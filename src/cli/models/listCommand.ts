import { join } from 'node:path';
import { readCatalogue } from '../../models/catalogue/readCatalogue.ts';
import type { CommandContext, CommandOutcome } from '../commandContext.ts';
import type { CommandOptions, OptionSpec } from '../commandOptions.ts';
import { libraryOf } from '../libraryOf.ts';
import { UsageError } from '../usageError.ts';
import { listModels } from './modelList.ts';
import { modelListText } from './modelListText.ts';

type ListOptionName = 'memory' | 'context-size' | 'fitting' | 'json';

export const LIST_OPTIONS: readonly OptionSpec<ListOptionName>[] = [
  { name: 'memory', value: 'GIB', help: 'judge what fits by a machine with so much memory (default: this one)' },
  { name: 'context-size', value: 'N', help: 'tokens of context to count with (default 4096)' },
  { name: 'fitting', help: 'only what fits, and what is installed' },
  { name: 'json', help: 'print the list as one JSON document' },
];

const MOST_GIB = 65_536;
const LEAST_CONTEXT = 128;
const MOST_CONTEXT = 10_485_760;

/** `models list`: the catalogue, what of it is installed and fits, the models imported, and suggested pairs. */
export async function listCommand(
  options: CommandOptions<ListOptionName>,
  context: CommandContext,
): Promise<CommandOutcome> {
  const [extra] = options.positionals;
  if (extra !== undefined) throw new UsageError(`models list takes no "${extra}": it lists all models.`);
  const gibibytes = options.count('memory', 1, MOST_GIB);
  const contextSize = options.count('context-size', LEAST_CONTEXT, MOST_CONTEXT) ?? null;
  const list = listModels({
    catalogue: readCatalogue(context.modelsFolder),
    installed: await libraryOf(context).list(),
    shippedPath: (fileName) => join(context.modelsFolder, fileName),
    machineBytes: gibibytes === undefined ? (await context.machineMemory()).totalBytes : gibibytes * 2 ** 30,
    contextSize,
  });
  const shown = options.has('fitting') ? withoutUnfitting(list) : list;
  context.output.write(options.has('json') ? `${JSON.stringify(shown)}\n` : modelListText(shown));
  return 'done';
}

function withoutUnfitting(list: ReturnType<typeof listModels>): ReturnType<typeof listModels> {
  return {
    ...list,
    models: list.models.filter(({ fits, state }) => fits === true || state !== 'available'),
    pairs: list.pairs.filter(({ fits }) => fits === true),
  };
}
