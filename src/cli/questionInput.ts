import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MentorCollabError } from '../core/errors.ts';
import type { Prompt } from '../core/languageModel.ts';
import type { CommandContext } from './commandContext.ts';
import { UsageError } from './usageError.ts';

/** Where a question stands, as the command line says it. */
export interface QuestionSource {
  readonly question: string | undefined;
  readonly file: string | undefined;
  readonly positionals: readonly string[];
}

/**
 * The prompt of a run. A question is taken without the white space around it; a raw prompt exactly as it is.
 *
 * @throws UsageError when there is no question, more than one, or an empty one; MentorCollabError `bad-input` when its
 * file can't be read.
 */
export async function readPrompt(source: QuestionSource, isRaw: boolean, context: CommandContext): Promise<Prompt> {
  const text = (await readSource(source, context)).replace(/^\ufeff/, '');
  if (text.trim() === '') throw new UsageError('The question is empty. Write one behind --question, or into the file.');
  return isRaw ? { form: 'raw', text } : { form: 'chat', question: text.trim() };
}

async function readSource({ question, file, positionals }: QuestionSource, context: CommandContext): Promise<string> {
  const [first] = positionals;
  const stray = positionals.find((text) => text !== '-');
  if (stray !== undefined) {
    throw new UsageError(`"${stray}" is not understood. Put the question in quotes behind --question, or use --file.`);
  }
  const given = [question, file, first].filter((value) => value !== undefined);
  if (given.length === 0) {
    throw new UsageError('There is no question. Give one by --question TEXT, --file FILE, or - for standard input.');
  }
  if (given.length > 1 || positionals.length > 1) {
    throw new UsageError(
      'There is more than one question. Give just one of --question, --file and - (standard input).',
    );
  }
  if (question !== undefined) return question;
  return file === undefined || file === '-' ? context.readInput() : readTextFile(file, context);
}

/**
 * The text of a file.
 *
 * @throws MentorCollabError `bad-input` when it can't be read.
 */
export async function readTextFile(file: string, context: Pick<CommandContext, 'workingFolder'>): Promise<string> {
  const path = resolve(context.workingFolder, file);
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MentorCollabError('bad-input', `${path} can't be read: ${reason}`, { cause });
  }
}
