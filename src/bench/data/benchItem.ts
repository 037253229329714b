import type { LayoutName } from './layouts/layoutName.ts';

/** What kind of answer is expected, and so how it is found and compared. */
export type AnswerTask = 'text' | 'number' | 'math' | 'choice';

/** All kinds, in the order in which they are offered. */
export const ANSWER_TASKS: readonly AnswerTask[] = ['text', 'number', 'math', 'choice'];

/** One of the answers that a question offers. */
export interface Choice {
  /** Such as `A`, or `1` where the data says so. */
  readonly label: string;
  readonly text: string;
}

/** What a line of a data set says, whatever its layout. */
export interface ItemContent {
  /** Null where the data names none. */
  readonly id: string | null;
  readonly domain: string;
  /** What belongs together and must not be taken for independent; null where the data says nothing of it. */
  readonly cluster: string | null;
  readonly question: string;
  readonly choices: readonly Choice[] | null;
  /** For a choice its label; for everything else the answer alone, without a worked solution. */
  readonly answer: string;
  readonly task: AnswerTask;
}

/** One question with its expected answer. */
export interface BenchItem extends ItemContent {
  /** Place in the whole data set, from 0; gives the item its own random stream. */
  readonly index: number;
  /** Unlike that of any other item; the index as text where the data names none. */
  readonly id: string;
  /** Such as `math`; `all` where the data names none. */
  readonly domain: string;
  /** Items of one cluster are not independent; an item that is alone has its id here. */
  readonly cluster: string;
  /** As which layout it was read. */
  readonly layout: LayoutName;
}
