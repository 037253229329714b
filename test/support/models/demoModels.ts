import { fileURLToPath } from 'node:url';

const folder = new URL('../../../media/models/', import.meta.url);

/** The demo pair that ships with the extension. */
export const DEMO_SMALL = fileURLToPath(new URL('demo-small.gguf', folder));
export const DEMO_MENTOR = fileURLToPath(new URL('demo-mentor.gguf', folder));

/** A problem of the kind the pair was trained on. */
export const DEMO_QUESTION =
  'Rosa has 24 marbles. She buys 3 packs with 6 marbles in each pack. Then she sells 12. How many marbles does Rosa have now?';
