import type { OptionSpec } from './commandOptions.ts';

/** One command as the help shows it. */
export interface CommandHelp {
  readonly usage: string;
  readonly about: string;
  readonly options: readonly OptionSpec[];
}

/** The help of one command. */
export function commandHelp({ usage, about, options }: CommandHelp): string {
  const names = options.map(({ name, short, value }) => {
    const long = value === undefined ? `--${name}` : `--${name} ${value}`;
    return short === undefined ? long : `-${short}, ${long}`;
  });
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const lines = options.map(({ help }, index) => `  ${(names[index] ?? '').padEnd(width)}${help}`);
  return `Usage: mentorcollab ${usage}\n\n${about}\n\nOptions:\n${lines.join('\n')}\n`;
}

/** The help of a command that is followed by another one. */
export function groupHelp({ usage, about }: CommandHelp, commands: readonly CommandHelp[]): string {
  return `Usage: mentorcollab ${usage}\n\n${about}\n\nCommands:\n${commandLines(commands)}

  -h, --help  this text; behind a command, its own options
`;
}

/** Usage and purpose of commands, a line each. */
function commandLines(commands: readonly CommandHelp[]): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length)) + 2;
  return commands.map(({ usage, about }) => `  ${usage.padEnd(width)}${about.split('\n')[0] ?? ''}`).join('\n');
}

/** The help of the whole program. */
export function programHelp(commands: readonly CommandHelp[]): string {
  return `MentorCollab: a small model reasons, a larger mentor helps only where it matters.

Usage: mentorcollab COMMAND [options]

Commands:
${commandLines(commands)}

  -h, --help     this text; behind a command, its own options
  -V, --version  the version

Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 failed, 2 bad usage,
130 interrupted.
`;
}
