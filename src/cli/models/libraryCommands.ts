import { resolve } from 'node:path';
import { formatBytes } from '../../core/formatBytes.ts';
import type { InstalledModel } from '../../models/library/installedModel.ts';
import type { CommandContext, CommandOutcome } from '../commandContext.ts';
import { tell } from '../commandContext.ts';
import type { CommandOptions, OptionSpec } from '../commandOptions.ts';
import { ProgressLine } from '../progressLine.ts';
import { UsageError } from '../usageError.ts';
import { AbortLink } from '../../models/abortLink.ts';
import { libraryOf } from '../libraryOf.ts';

export const IMPORT_OPTIONS: readonly OptionSpec<'json'>[] = [
  { name: 'json', help: 'print the imported model as one JSON document' },
];

/** `models import`: a GGUF file that stays where it is, under a name of its own. */
export async function importCommand(options: CommandOptions<'json'>, context: CommandContext): Promise<CommandOutcome> {
  const path = onlyPositional(options, 'Say which GGUF file to import.');
  const progress = new ProgressLine(context.messages);
  const model = await libraryOf(context).import(resolve(context.workingFolder, path), hashing(progress, context));
  progress.clear();
  context.output.write(options.has('json') ? `${JSON.stringify(model)}\n` : `${model.id}\n`);
  return 'done';
}

export const VERIFY_OPTIONS: readonly OptionSpec<'json'>[] = [
  { name: 'json', help: 'print the result as one JSON document' },
];

/** `models verify`: whether files are as they were when they were downloaded or imported; all models without an id. */
export async function verifyCommand(options: CommandOptions<'json'>, context: CommandContext): Promise<CommandOutcome> {
  const library = libraryOf(context);
  const ids = options.positionals.length > 0 ? options.positionals : (await library.list()).map(({ id }) => id);
  if (ids.length === 0) tell(context, 'no model is installed.');
  const progress = new ProgressLine(context.messages);
  const results = [];
  for (const id of ids) results.push(await library.verify(id, hashing(progress, context)));
  progress.clear();
  const told = results.map(({ model, files, isSound }) => ({ id: model.id, isSound, files }));
  const lines = told.flatMap(({ id, files }) => files.map(({ path, outcome }) => `${outcome}\t${id}\t${path}\n`));
  context.output.write(options.has('json') ? `${JSON.stringify(told)}\n` : lines.join(''));
  return results.every(({ isSound }) => isSound) ? 'done' : 'failed';
}

export const REMOVE_OPTIONS: readonly OptionSpec<'yes'>[] = [
  { name: 'yes', help: 'do it without being asked: without this, nothing is removed' },
];

/** `models remove`: deletes a downloaded model, forgets an imported one. */
export async function removeCommand(options: CommandOptions<'yes'>, context: CommandContext): Promise<CommandOutcome> {
  const library = libraryOf(context);
  const model = await library.get(onlyPositional(options, 'Say which model to remove, by its id.'));
  if (!options.has('yes')) throw new UsageError(`${whatGoes(model)} Say --yes to do it.`);
  await library.remove(model.id);
  tell(context, `${model.id} is removed.`);
  return 'done';
}

function whatGoes({ id, origin, files, bytes }: InstalledModel): string {
  if (origin === 'imported') return `${id} will be forgotten; its file stays where it is.`;
  return `${files.map(({ path }) => path).join(', ')} will be deleted (${formatBytes(bytes)}).`;
}

function onlyPositional(options: { readonly positionals: readonly string[] }, otherwise: string): string {
  const [first, extra] = options.positionals;
  if (first === undefined || extra !== undefined) throw new UsageError(otherwise);
  return first;
}

function hashing(
  progress: ProgressLine,
  context: CommandContext,
): Parameters<ReturnType<typeof libraryOf>['verify']>[1] {
  return {
    signal: new AbortLink(context.signal).signal,
    onProgress: (bytesDone, bytesTotal) => {
      progress.show(`Checking… ${Math.floor((bytesDone / Math.max(1, bytesTotal)) * 100)}%`);
    },
  };
}
