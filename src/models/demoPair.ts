import { ANIMAL_KINDS, CAPITALS_BY_COUNTRY, DEMO_ITEMS, DEMO_NAMES, ELEMENTS, SUPERLATIVES } from './demoVocabulary.ts';

/** A model that is part of this program. */
export interface DemoModel {
  /** What people write instead of a path. */
  readonly id: string;
  /** Its file in `media/models`. */
  readonly fileName: string;
  /** One line for lists to choose from. */
  readonly description: string;
}

/** The demo pair, the generator first. */
export const DEMO_MODELS: readonly DemoModel[] = [
  {
    id: 'demo-small',
    fileName: 'demo-small.gguf',
    description: 'Demo generator, 0.16 M parameters: three kinds of made-up problems only',
  },
  {
    id: 'demo-mentor',
    fileName: 'demo-mentor.gguf',
    description: 'Demo mentor, 2.2 M parameters: three kinds of made-up problems only',
  },
];

/** Whether a model reference (an id or a path) names a model of the demo pair; a copy elsewhere counts by its file name. */
export function isDemoModel(reference: string): boolean {
  const name = reference.split(/[/\\]/).at(-1);
  return DEMO_MODELS.some(({ id, fileName }) => reference === id || name === fileName);
}

/**
 * Whether a question is one that the demo pair was taught: an arithmetic story, an ordering or a fact of its closed
 * world, in the wording and with the names of its training problems. White space does not count. The pair answers
 * anything else with nonsense.
 */
export function isDemoQuestion(question: string): boolean {
  const text = question.trim().replace(/\s+/g, ' ');
  return STORY.test(text) || ORDERING.test(text) || FACTS.some((fact) => fact.test(text));
}

/** Any of these words, as part of a regular expression. */
function oneOf(words: readonly string[]): string {
  return `(?:${words.join('|')})`;
}

/** The whole text, exactly. */
function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

const NAME = oneOf(DEMO_NAMES);
const ITEM = oneOf(DEMO_ITEMS);
const NUMBER = '\\d{1,3}';
const CHANGES = [
  `(?:He|She) buys ${NUMBER} more\\.`,
  `${NAME} gives ${NAME} ${NUMBER} more\\.`,
  `Then s?he finds ${NUMBER} more\\.`,
  `(?:He|She) gives ${NUMBER} to ${NAME}\\.`,
  `(?:He|She) loses ${NUMBER} of them\\.`,
  `Then s?he sells ${NUMBER}\\.`,
  `Then s?he (?:doubles|triples) the number of ${ITEM}\\.`,
  `(?:He|She) splits them into [2-5] equal groups and keeps one group\\.`,
  `(?:He|She) buys ${NUMBER} packs with ${NUMBER} ${ITEM} in each pack\\.`,
  `(?:He|She) gives ${NUMBER} ${ITEM} to each of ${NUMBER} friends\\.`,
];
const STORY = whole(
  `${NAME} has ${NUMBER} ${ITEM}\\.(?: ${oneOf(CHANGES)})*` +
    ` How many ${ITEM} (?:does ${NAME} have now|are left with ${NAME})\\?`,
);

const ORDERING = whole(
  oneOf(
    SUPERLATIVES.map(
      ({ more, most, least }) =>
        `(?:${NAME} is ${more} than ${NAME}\\. ){2,4}Who is the (?:${most}|${least}|second ${most})\\?`,
    ),
  ),
);

const COUNTRY = oneOf([...CAPITALS_BY_COUNTRY.keys()]);
const CAPITAL = oneOf([...CAPITALS_BY_COUNTRY.values()]);
const ELEMENT = oneOf(ELEMENTS);
const ANIMAL = oneOf(ANIMAL_KINDS);
const FACTS = [
  `What is the capital of ${COUNTRY}\\?`,
  `Which country has the capital ${CAPITAL}\\?`,
  `On which continent is ${COUNTRY}\\?`,
  `On which continent is the city of ${CAPITAL}\\?`,
  `Are ${CAPITAL} and ${CAPITAL} on the same continent\\?`,
  `What is the chemical symbol of ${ELEMENT}\\?`,
  `What is the atomic number of ${ELEMENT}\\?`,
  `Which has the larger atomic number, ${ELEMENT} or ${ELEMENT}\\?`,
  `What kind of animal is an? ${ANIMAL}\\?`,
  `How many legs do ${NUMBER} ${ANIMAL}s have together\\?`,
].map(whole);
