import { extractAnswer } from '../core/answer/extractAnswer.ts';
import { MentorCollabError } from '../core/errors.ts';

/** One question with its expected answer. */
export interface BenchItem {
  /** Place in the whole data set, from 0; gives the item its own random stream. */
  readonly index: number;
  /** Such as `math`; `all` where the data names none. */
  readonly domain: string;
  readonly question: string;
  readonly answer: string;
}

/** One file of a data set. */
export interface DataFile {
  /** For messages. */
  readonly name: string;
  readonly text: string;
}

/**
 * Reads a data set: JSON Lines with `question` and `answer` (text or number), and `domain` where there are several.
 * An answer that is a worked solution ending in `#### X`, as in GSM8K, counts as X.
 *
 * @throws MentorCollabError `bad-input` with file and line at the first line that can't be used.
 */
export function parseDataSet(files: readonly DataFile[]): readonly BenchItem[] {
  const items: BenchItem[] = [];
  for (const { name, text } of files) {
    for (const [index, line] of text
      .replace(/^\ufeff/, '')
      .split('\n')
      .entries()) {
      if (line.trim() !== '') items.push({ index: items.length, ...parseLine(line, `${name}:${index + 1}`) });
    }
  }
  if (items.length === 0) {
    throw new MentorCollabError('bad-input', `There are no questions in ${files.map(({ name }) => name).join(', ')}.`);
  }
  return items;
}

/** The first `limit` items of each domain, in their order. */
export function limitPerDomain(items: readonly BenchItem[], limit: number): readonly BenchItem[] {
  const seen = new Map<string, number>();
  return items.filter(({ domain }) => {
    const count = (seen.get(domain) ?? 0) + 1;
    seen.set(domain, count);
    return count <= limit;
  });
}

function parseLine(line: string, place: string): Omit<BenchItem, 'index'> {
  const fields = parseObject(line, place);
  const question = fields['question'];
  const domain = fields['domain'] ?? 'all';
  const answer = fields['answer'];
  if (typeof question !== 'string' || question.trim() === '') throw refused(place, '"question" must be a text.');
  if (typeof domain !== 'string' || domain === '') throw refused(place, '"domain" must be a text where it is given.');
  if (typeof answer !== 'string' && typeof answer !== 'number') {
    throw refused(place, '"answer" must be a text or a number.');
  }
  return { domain, question: question.trim(), answer: expectedAnswer(String(answer), place) };
}

function expectedAnswer(answer: string, place: string): string {
  const expected = /^####/m.test(answer) ? (extractAnswer(answer) ?? '') : answer.trim();
  if (expected === '') throw refused(place, '"answer" is empty.');
  return expected;
}

function parseObject(line: string, place: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new MentorCollabError('bad-input', `${place} is no JSON: ${String(cause)}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused(place, 'a line must be an object with "question" and "answer".');
  }
  return { ...value };
}

function refused(place: string, message: string): MentorCollabError {
  return new MentorCollabError('bad-input', `${place}: ${message}`);
}
