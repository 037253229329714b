import { z } from 'zod';
import { commandChoice } from '../commands/commandChoice.ts';

/** What a user has chosen of a benchmark; everything else is in the settings. */
export interface BenchmarkChoice {
  /** `demo` for all problems of the demo pair, `demo:math` for one domain, or the URI of a file. */
  readonly data: string;
  /** Names of arms: `generator`, `mentor`, presets and peers; at least one. */
  readonly arms: readonly string[];
  /** Questions of each domain, at least 1; null: all. */
  readonly limit: number | null;
  /** Runs of each question in arms with chance in them, at least 1. */
  readonly seeds: number;
}

/** What is chosen where nobody says otherwise: enough for a first look. */
export const DEFAULT_CHOICE = { arms: ['generator', 'mentor', 'paper-free', 'balanced'], limit: 20, seeds: 1 } as const;

/** More would be days of work by a slip of the hand. */
const MOST_SEEDS = 100;

/** Parses a choice, as key bindings, tests and our own files have it. */
export const choiceSchema = z.object({
  data: z.string().min(1),
  arms: z
    .array(z.string().min(1))
    .min(1)
    .default([...DEFAULT_CHOICE.arms]),
  limit: z.int().positive().nullable().default(DEFAULT_CHOICE.limit),
  seeds: z.int().positive().max(MOST_SEEDS).default(DEFAULT_CHOICE.seeds),
});

/**
 * The choice that a command was given; null where it was given none, so that the user has to be asked.
 *
 * @throws MentorCollabError `bad-input` for an object that is none.
 */
export function choiceOf(argument: unknown): BenchmarkChoice | null {
  const choice = commandChoice(argument, choiceSchema, {
    refusal: "This benchmark can't be run",
    fields: '"data", "arms", "limit" and "seeds"',
  });
  return choice && { ...choice, data: withScheme(choice.data) };
}

/** Whether these are problems that come with the demo pair. */
export function isDemo(data: string): boolean {
  return data === 'demo' || data.startsWith('demo:');
}

/** What data is called, for people: `demo:math`, or a file's name. */
export function dataName(data: string): string {
  if (isDemo(data)) return data;
  const name = data.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? data;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A path as a URI; what is a URI already stays. */
export function withScheme(data: string): string {
  if (isDemo(data) || /^[a-z][a-z0-9+.-]+:\//i.test(data)) return data;
  const path = data.replaceAll('\\', '/');
  return `file://${path.startsWith('/') ? '' : '/'}${path.split('/').map(encodeURIComponent).join('/')}`;
}
