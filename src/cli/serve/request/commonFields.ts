import { z } from 'zod';

/** Most candidates that are told of a token. */
export const MOST_CANDIDATES = 20;
const MOST_STOPS = 16;
const LONGEST_STOP = 1_000;

const stopString = z.string().min(1, 'a stop string is empty').max(LONGEST_STOP);

/** Fields of completions and chats alike. Null stands for the default everywhere. */
export const COMMON_FIELDS = {
  model: z.string().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  stop: z.union([stopString, z.array(stopString).max(MOST_STOPS)]).nullish(),
  seed: z.number().int().nullish(),
  // Without effect: decoding is greedy, as the method is.
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
};

/** A number of tokens. */
export const tokenCount = z.number().int().min(0);

/** Stop strings as a list. */
export function stopList(stop: string | readonly string[] | null | undefined): readonly string[] {
  if (stop === null || stop === undefined) return [];
  return typeof stop === 'string' ? [stop] : stop;
}
