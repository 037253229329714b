import type { Commands } from './command.ts';
import { command, findCommand, isHelp } from './command.ts';
import type { CommandContext, CommandOutcome } from './commandContext.ts';
import { benchCommand } from './bench/benchCommand.ts';
import { BENCH_OPTIONS } from './bench/benchOptions.ts';
import { DIAGNOSE_OPTIONS, diagnoseCommand } from './diagnoseCommand.ts';
import { EXPORT_OPTIONS, exportCommand } from './exportCommand.ts';
import { programHelp } from './helpText.ts';
import { MODELS_COMMAND } from './models/modelsCommand.ts';
import { serveCommand } from './serve/serveCommand.ts';
import { SERVE_OPTIONS } from './serve/serveOptions.ts';
import { SOLVE_OPTIONS, solveCommand } from './solveCommand.ts';
import { trainCommand } from './train/trainCommand.ts';
import { TRAIN_OPTIONS } from './train/trainOptions.ts';

const COMMANDS: Commands = new Map([
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
    'train-verifier',
    command(
      {
        usage: 'train-verifier --data FILE --out FILE',
        about: 'Trains a verifier for a pair of models on questions with answers.',
      },
      TRAIN_OPTIONS,
      trainCommand,
    ),
  ],
  ['models', MODELS_COMMAND],
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
  [
    'diagnose',
    command(
      { usage: 'diagnose [--json]', about: 'Writes what a bug report needs, without secrets.' },
      DIAGNOSE_OPTIONS,
      diagnoseCommand,
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
  if (isHelp(name)) {
    context.output.write(programHelp([...COMMANDS.values()]));
    return 'done';
  }
  if (name === '--version' || name === '-V') {
    context.output.write(`${version}\n`);
    return 'done';
  }
  return findCommand(COMMANDS, name, null).run(rest, context, version);
}
