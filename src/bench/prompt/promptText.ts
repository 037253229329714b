import type { AnswerTask, BenchItem } from '../data/benchItem.ts';

/** How an item is put to a model. */
export interface PromptOptions {
  /**
   * `task` says below the question how the answer is to be given, so that it is found; `none` leaves the question as it
   * is. Default: `task` for published data sets and for choices, `none` for questions of our own layout.
   */
  readonly instruction?: 'none' | 'task' | undefined;
  /**
   * A text with worked examples. The question takes the place of `{question}` in it, or stands below it where there is no
   * such place. Default: none.
   */
  readonly fewShot?: string | undefined;
}

/** Where the question goes in a text of examples. */
const PLACE = '{question}';

/**
 * The question as it is sent: with its choices a line each, as MMLU-Pro and its kin write them, and what the options
 * add. A question of our own layout without choices is sent as it stands in the data, unless asked otherwise.
 */
export function promptText(item: BenchItem, { instruction, fewShot }: PromptOptions = {}): string {
  const isOwn = item.layout === 'general' && item.choices === null;
  const question = (instruction ?? (isOwn ? 'none' : 'task')) === 'task' ? withInstruction(item) : asked(item);
  if (fewShot === undefined || fewShot.trim() === '') return question;
  if (fewShot.includes(PLACE)) return fewShot.split(PLACE).join(question);
  return `${fewShot.trimEnd()}\n\n${question}`;
}

function asked({ question, choices }: BenchItem): string {
  return [question, ...(choices ?? []).map(({ label, text }) => `${label}. ${text}`)].join('\n');
}

function withInstruction(item: BenchItem): string {
  return `${asked(item)}\n\n${instructionOf(item.task, item)}`;
}

function instructionOf(task: AnswerTask, { choices }: BenchItem): string {
  switch (task) {
    case 'choice':
      return `Think step by step and finish with: The answer is (X). X is one of ${labelsOf(choices ?? [])}.`;
    case 'math':
      return 'Think step by step, and put your final answer within \\boxed{}.';
    case 'number':
      return 'Think step by step and finish with: The answer is N. N is a number alone.';
    case 'text':
      return 'Think step by step and finish with: The answer is X. X is as short as can be.';
  }
}

function labelsOf(choices: readonly { readonly label: string }[]): string {
  return choices.map(({ label }) => label).join(', ');
}
