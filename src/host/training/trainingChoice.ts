import { z } from 'zod';
import { withScheme } from '../benchmark/benchmarkChoice.ts';
import { commandChoice } from '../commands/commandChoice.ts';

/** What a user has chosen of a training; the pair is that of the settings. */
export interface TrainingChoice {
  /** `demo` for the problems of the demo pair, or the URI of a file. */
  readonly data: string;
  /** Questions of each domain, at least 1; null: all. */
  readonly limit: number | null;
  /** Probability of a probe at a word, above 0 up to 1. */
  readonly probability: number;
}

/** Twice that of the presets: a question then has more divergences to learn from. */
const DEFAULT_PROBABILITY = 0.5;

const choiceSchema: z.ZodType<TrainingChoice> = z.object({
  data: z.string().min(1),
  limit: z.int().positive().nullable().default(null),
  probability: z.number().gt(0).max(1).default(DEFAULT_PROBABILITY),
});

/** All questions of some data, as they are trained on by default. */
export function defaultChoice(data: string): TrainingChoice {
  return { data, limit: null, probability: DEFAULT_PROBABILITY };
}

/**
 * The choice that a command was given; null where it was given none, so that the user has to be asked.
 *
 * @throws MentorCollabError `bad-input` for an object that is none.
 */
export function trainingChoiceOf(argument: unknown): TrainingChoice | null {
  const choice = commandChoice(argument, choiceSchema, {
    refusal: 'No verifier can be trained by this',
    fields: '"data", "limit" and "probability"',
  });
  return choice && { ...choice, data: withScheme(choice.data) };
}
