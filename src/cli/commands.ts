import type { CommandContext, CommandOutcome } from './commandContext.ts';
import type { CommandOptions, OptionSpec } from './commandOptions.ts';
import { parseOptions } from './commandOptions.ts';
import { BENCH_OPTIONS, benchCommand } from './benchCommand.ts';
import { EXPORT_OPTIONS, exportCommand } from './exportCommand.ts';
import type { CommandHelp } from './helpText.ts';
import { commandHelp, programHelp } from './helpText.ts';
import { nearestName } from '../core/nearestName.ts';
import { serveCommand } from './serve/serveCommand.ts';
import { SERVE_OPTIONS } from './serve/serveOptions.ts';
import { SOLVE_OPTIONS, solveCommand } from './solveCommand.ts';
import { UsageError } from './usageError.ts';

interface Command extends CommandHelp {
  readonly run: (args: readonly string[], context: CommandContext) => Promise<CommandOutcome>;
}

const HELP: OptionSpec<'help'> = { name: 'help', short: 'h', help: 'this text' };

function command<Name extends string>(
  help: Pick<CommandHelp, 'usage' | 'about'>,
  specs: readonly OptionSpec<Name>[],
  run: (options: CommandOptions<Name>, context: CommandContext) => Promise<CommandOutcome>,
): Command {
  const options: readonly OptionSpec<Name | 'help'>[] = [...specs, HELP];
  return {
    ...help,
    options,
    run: async (args, context) => {
      const given = parseOptions(options, args);
      if (!given.has('help')) return run(given, context);
      context.output.write(commandHelp({ ...help, options }));
      return 'done';
    },
  };
}

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  [
    'solve',
    command(
      {
        usage: 'solve --question TEXT | --file FILE | -',
        about: 'Solves one question and prints the solution as it is written.',
      },
      SOLVE_OPTIONS,
      solveCommand,
    ),
  ],
  [
    'export',
    command(
      { usage: 'export TRACE --to html|md|json', about: 'Makes a page or a document of the trace of a run.' },
      EXPORT_OPTIONS,
      exportCommand,
    ),
  ],
  [
    'bench',
    command(
      { usage: 'bench --data FILE|demo', about: 'Answers many questions in several ways and compares them.' },
      BENCH_OPTIONS,
      benchCommand,
    ),
  ],
  [
    'serve',
    command(
      {
        usage: 'serve [--generator MODEL] [--mentor MODEL]',
        about: 'Answers an OpenAI-compatible API on this machine: by either model, or by the pair.',
      },
      SERVE_OPTIONS,
      serveCommand,
    ),
  ],
]);

/**
 * Runs what a command line says.
 *
 * @throws UsageError when it can't be understood; MentorCollabError when the command could not do its work.
 */
export async function runCommand(
  args: readonly string[],
  context: CommandContext,
  version: string,
): Promise<CommandOutcome> {
  const [name, ...rest] = args;
  if (name === undefined) throw new UsageError('There is no command. See mentorcollab --help.');
  if (name === '--help' || name === '-h' || name === 'help') {
    context.output.write(programHelp([...COMMANDS.values()]));
    return 'done';
  }
  if (name === '--version' || name === '-V') {
    context.output.write(`${version}\n`);
    return 'done';
  }
  const found = COMMANDS.get(name);
  if (found) return found.run(rest, context);
  const nearest = nearestName(name, [...COMMANDS.keys()]);
  const suggestion = nearest === null ? 'See mentorcollab --help.' : `Did you mean ${nearest}?`;
  throw new UsageError(`There is no command "${name}". ${suggestion}`);
}
