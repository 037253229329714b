import { fileURLToPath } from 'node:url';

const folder = new URL('../../../media/models/', import.meta.url);

/** The demo pair that ships with the extension. */
export const DEMO_SMALL = fileURLToPath(new URL('demo-small.gguf', folder));
export const DEMO_MENTOR = fileURLToPath(new URL('demo-mentor.gguf', folder));

/** A problem of the kind the pair was trained on. */
export const DEMO_QUESTION =
  'Ada has 12 apples. She buys 7 more and then gives 4 to Ben. How many apples does Ada have now?';
