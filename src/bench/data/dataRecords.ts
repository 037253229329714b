import { MentorCollabError } from '../../core/errors.ts';
import { dataError } from './dataError.ts';
import type { DataFile } from './dataFile.ts';

/** One object of a data set, before anybody knows what its fields mean. */
export interface DataRecord {
  readonly fields: Readonly<Record<string, unknown>>;
  /** `file:line`, and in an array which item, for messages. */
  readonly place: string;
}

/**
 * The objects of a file that holds JSON Lines, or one JSON array.
 *
 * @throws MentorCollabError `bad-input` with file and line at the first that is no object.
 */
export function readDataRecords({ name, text }: DataFile): readonly DataRecord[] {
  const whole = text.replace(/^\ufeff/, '');
  return /^\s*\[/.test(whole) ? readArray(name, whole) : readLines(name, whole);
}

function readLines(name: string, text: string): readonly DataRecord[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${name}:${index + 1}`;
    return [recordOf(parsed(line, place), place)];
  });
}

function readArray(name: string, text: string): readonly DataRecord[] {
  // Parsed one by one, so that each has its line and a fault is told where it is.
  return arrayElements(text, name).map(({ json, line }, index) => {
    // Arrays are often written without line feeds.
    const place = `${name}:${line} (item ${index + 1})`;
    return recordOf(parsed(json, place), place);
  });
}

/** What stands between the brackets and commas of a JSON array, with the line it begins in. */
function arrayElements(text: string, name: string): readonly { json: string; line: number }[] {
  const elements: { json: string; line: number }[] = [];
  let depth = 0;
  let line = 1;
  let counted = 0;
  let from = 0;
  const lineAt = (at: number): number => {
    for (; counted < at; counted++) if (text[counted] === '\n') line += 1;
    return line;
  };
  // Only what gives an array its shape; strings are skipped whole.
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]/gs)) {
    if (depth === 1 && (token === ',' || token === ']')) {
      const json = text.slice(from, index);
      const isEmptyArray = token === ']' && elements.length === 0 && json.trim() === '';
      if (!isEmptyArray) elements.push({ json, line: lineAt(from + Math.max(0, json.search(/\S/))) });
      from = index + 1;
    }
    if (depth === 0) from = index + 1;
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (depth > 0) continue;
    if (text.slice(index + 1).trim() === '') return elements;
    throw dataError(`${name}:${lineAt(index)}`, 'something follows the end of the JSON array; remove it.');
  }
  throw dataError(`${name}:${lineAt(text.length)}`, 'the JSON array is not closed by "]"; is the file whole?');
}

function parsed(json: string, place: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const message = `${place} is no JSON (${String(cause)}). A data set is JSON Lines or one JSON array.`;
    throw new MentorCollabError('bad-input', message, { cause });
  }
}

function recordOf(value: unknown, place: string): DataRecord {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { fields: { ...value }, place };
  throw dataError(place, 'a question must be a JSON object with fields such as "question" and "answer".');
}
