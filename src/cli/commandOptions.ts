import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { nearestName } from '../core/nearestName.ts';
import { UsageError } from './usageError.ts';

/** One option of a command. */
export interface OptionSpec<Name extends string = string> {
  /** Without its dashes. */
  readonly name: Name;
  /** One letter, without its dash. */
  readonly short?: string;
  /** What its value is called in the help; an option without one is a switch. */
  readonly value?: string;
  readonly help: string;
}

/** What was given on the command line, checked for names only. */
export class CommandOptions<Name extends string> {
  /** Arguments that are no options. */
  readonly positionals: readonly string[];
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>, positionals: readonly string[]) {
    this.#values = values;
    this.positionals = positionals;
  }

  /** The text of an option; undefined when it was not given. */
  text(name: Name): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** A number where the text is one, else the text as it is, for a check that says what is expected. */
  number(name: Name): number | string | undefined {
    const text = this.text(name);
    return text !== undefined && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  }

  /** A whole number within bounds; undefined when it was not given. */
  count(name: Name, least: number, most: number): number | undefined {
    const value = this.number(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new UsageError(`--${name} is ${JSON.stringify(value)}, but must be a whole number from ${least} to ${most}.`);
  }

  /** One of a few words; undefined when it was not given. */
  choice<Choice extends string>(name: Name, choices: readonly Choice[]): Choice | undefined {
    const text = this.text(name);
    const chosen = choices.find((choice) => choice === text);
    if (text === undefined || chosen !== undefined) return chosen;
    throw new UsageError(`--${name} is ${JSON.stringify(text)}, but must be ${choices.join(' or ')}.`);
  }

  /** Whether a switch was given. */
  has(name: Name): boolean {
    return this.#values[name] === true;
  }
}

/**
 * Reads a command's arguments.
 *
 * @throws UsageError for an unknown option (with the nearest one there is), a missing value, or a value too many.
 */
export function parseOptions<Name extends string>(
  specs: readonly OptionSpec<Name>[],
  args: readonly string[],
): CommandOptions<Name> {
  const config = {
    args: withNegativeNumbers(specs, args),
    options: parserOptions(specs),
    allowPositionals: true,
    strict: false,
    tokens: true,
  } as const;
  const { values, positionals, tokens } = parseArgs(config);
  for (const token of tokens) if (token.kind === 'option') checkOption(specs, token);
  return new CommandOptions(values, positionals);
}

type ParserOptions = NonNullable<ParseArgsConfig['options']>;

function parserOptions(specs: readonly OptionSpec[]): ParserOptions {
  return Object.fromEntries(
    specs.map(({ name, short, value }) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', ...(short !== undefined && { short }) },
    ]),
  );
}

interface OptionToken {
  readonly name: string;
  /** As typed, with its dashes. */
  readonly rawName: string;
  readonly value: string | undefined;
  /** Whether the value stood behind an equals sign. */
  readonly inlineValue: boolean | undefined;
}

/** What parseArgs's own strict mode checks, in words that say what to type instead. */
function checkOption(specs: readonly OptionSpec[], { name, rawName, value, inlineValue }: OptionToken): void {
  const spec = specs.find((one) => one.name === name);
  if (!spec) {
    const nearest = nearestName(
      name,
      specs.map((one) => one.name),
    );
    const suggestion = nearest === null ? 'See --help for those there are.' : `Did you mean --${nearest}?`;
    throw new UsageError(`There is no option ${rawName}. ${suggestion}`);
  }
  if (spec.value === undefined && value !== undefined) throw new UsageError(`${rawName} takes no value.`);
  if (spec.value === undefined) return;
  if (value === undefined) throw new UsageError(`${rawName} needs a value: ${rawName} ${spec.value}`);
  if (inlineValue !== true && value.length > 1 && value.startsWith('-')) {
    throw new UsageError(
      `${rawName} needs a value, but is followed by ${value}. A value that begins with a dash is written ${rawName}=${value}`,
    );
  }
}

/** `--seed -5` as `--seed=-5`: a dash before a digit begins no option here. */
function withNegativeNumbers(specs: readonly OptionSpec[], args: readonly string[]): string[] {
  const takesValue = new Set(specs.filter(({ value }) => value !== undefined).map(({ name }) => `--${name}`));
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (last !== undefined && takesValue.has(last) && /^-\.?\d/.test(arg)) joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}
