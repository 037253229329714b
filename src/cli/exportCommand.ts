import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MentorCollabError } from '../core/errors.ts';
import { EXPORT_FORMATS } from '../export/exportFormats.ts';
import type { RunRecord } from '../export/runRecord.ts';
import { recordOf } from '../export/runRecord.ts';
import { solveResult } from '../export/solveResult.ts';
import { parseTrace } from '../protocol/traceText.ts';
import type { CommandContext, CommandOutcome } from './commandContext.ts';
import { tell } from './commandContext.ts';
import type { CommandOptions, OptionSpec } from './commandOptions.ts';
import { nearestName } from '../core/nearestName.ts';
import { readTextFile } from './questionInput.ts';
import { terminalText } from './terminalText.ts';
import { UsageError } from './usageError.ts';

type ExportOptionName = 'to' | 'out';

export const EXPORT_OPTIONS: readonly OptionSpec<ExportOptionName>[] = [
  { name: 'to', value: 'FORMAT', help: 'html, md, txt (annotated text), json, or answer (that alone)' },
  { name: 'out', value: 'FILE', help: 'write there instead of standard output' },
];

/** `export`: a trace as a page or document, or its answer. What a damaged trace still holds is exported, with a warning. */
export async function exportCommand(
  options: CommandOptions<ExportOptionName>,
  context: CommandContext,
): Promise<CommandOutcome> {
  const write = formatOf(options.text('to'));
  const [file, ...more] = options.positionals;
  if (file === undefined || more.length > 0)
    throw new UsageError('Give one trace: mentorcollab export TRACE --to html');
  const trace = parseTrace(await readTextFile(file, context));
  const record = recordOf(trace);
  if (!record) {
    throw new MentorCollabError('protocol', `${file} can't be read as a trace: ${trace.damage?.message ?? ''}`);
  }
  if (trace.damage) {
    tell(
      context,
      `${file} is damaged at line ${trace.damage.line}; what stands before it is exported. ${trace.damage.message}`,
    );
  }
  const document = write(record);
  const out = options.text('out');
  if (out === undefined) context.output.write(context.output.isTTY ? terminalText(document) : document);
  else await writeDocument(resolve(context.workingFolder, out), document);
  return 'done';
}

/** Ways to write a run, by name. */
const WRITERS: ReadonlyMap<string, (record: RunRecord) => string> = new Map([
  ...EXPORT_FORMATS.map(({ name, write }) => [name, write] as const),
  ['answer', writeAnswer],
]);

function formatOf(name: string | undefined): (record: RunRecord) => string {
  const names = [...WRITERS.keys()];
  if (name === undefined) throw new UsageError(`Say which format by --to: ${names.join(', ')}.`);
  const write = WRITERS.get(name);
  if (write) return write;
  const nearest = nearestName(name, names);
  const suggestion = nearest === null ? '' : ` Did you mean ${nearest}?`;
  throw new UsageError(`--to is "${name}", but must be one of ${names.join(', ')}.${suggestion}`);
}

function writeAnswer({ events }: RunRecord): string {
  const { answer } = solveResult(events);
  if (answer !== null) return `${answer}\n`;
  throw new MentorCollabError(
    'bad-input',
    'The run has no answer. Its text is in the other formats, such as --to txt.',
  );
}

async function writeDocument(path: string, document: string): Promise<void> {
  try {
    await writeFile(path, document);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MentorCollabError('bad-input', `The document can't be written to ${path}: ${reason}`, { cause });
  }
}
