import { nearestName } from '../core/nearestName.ts';
import type { CommandContext, CommandOutcome } from './commandContext.ts';
import type { CommandOptions, OptionSpec } from './commandOptions.ts';
import { parseOptions } from './commandOptions.ts';
import type { CommandHelp } from './helpText.ts';
import { commandHelp, groupHelp } from './helpText.ts';
import { UsageError } from './usageError.ts';

/** One command: what its help says, and how it runs. */
export interface Command extends CommandHelp {
  /** `version`: the program's own. */
  readonly run: (args: readonly string[], context: CommandContext, version: string) => Promise<CommandOutcome>;
}

/** Commands by what is typed for them. */
export type Commands = ReadonlyMap<string, Command>;

const HELP: OptionSpec<'help'> = { name: 'help', short: 'h', help: 'this text' };

/** A command with options; `--help` is one of each. */
export function command<Name extends string>(
  help: Pick<CommandHelp, 'usage' | 'about'>,
  specs: readonly OptionSpec<Name>[],
  run: (options: CommandOptions<Name>, context: CommandContext, version: string) => Promise<CommandOutcome>,
): Command {
  const options: readonly OptionSpec<Name | 'help'>[] = [...specs, HELP];
  return {
    ...help,
    options,
    run: async (args, context, version) => {
      const given = parseOptions(options, args);
      if (!given.has('help')) return run(given, context, version);
      context.output.write(commandHelp({ ...help, options }));
      return 'done';
    },
  };
}

/** A command that is followed by another one, such as `models list`. */
export function commandGroup(name: string, help: Pick<CommandHelp, 'usage' | 'about'>, commands: Commands): Command {
  return {
    ...help,
    options: [HELP],
    run: async (args, context, version) => {
      const [first, ...rest] = args;
      if (!isHelp(first)) return findCommand(commands, first, name).run(rest, context, version);
      context.output.write(groupHelp({ ...help, options: [HELP] }, [...commands.values()]));
      return 'done';
    },
  };
}

/** Whether an argument in the place of a command asks for help. */
export function isHelp(argument: string | undefined): boolean {
  return argument === '--help' || argument === '-h' || argument === 'help';
}

/**
 * The command of a name.
 *
 * @param group - what stands before it, such as `models`; null for the program's own commands.
 * @throws UsageError when there is none, with the nearest one there is.
 */
export function findCommand(commands: Commands, name: string | undefined, group: string | null): Command {
  const words = group === null ? 'mentorcollab' : `mentorcollab ${group}`;
  const kind = group === null ? 'command' : `${group} command`;
  if (name === undefined) throw new UsageError(`There is no ${kind}. See ${words} --help.`);
  const found = commands.get(name);
  if (found) return found;
  const nearest = nearestName(name, [...commands.keys()]);
  const suggestion = nearest === null ? `See ${words} --help.` : `Did you mean ${nearest}?`;
  throw new UsageError(`There is no ${kind} "${name}". ${suggestion}`);
}
