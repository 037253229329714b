import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MentorCollabError } from '../core/errors.ts';
import { EXPORT_FORMATS } from '../export/exportFormats.ts';
import type { RunRecord } from '../export/runRecord.ts';
import { recordOf } from '../export/runRecord.ts';
import { parseTrace } from '../protocol/traceText.ts';
import type { CommandContext, CommandOutcome } from './commandContext.ts';
import { tell } from './commandContext.ts';
import type { CommandOptions, OptionSpec } from './commandOptions.ts';
import { nearestName } from './nearestName.ts';
import { readTextFile } from './questionInput.ts';
import { UsageError } from './usageError.ts';

type ExportOptionName = 'to' | 'out';

export const EXPORT_OPTIONS: readonly OptionSpec<ExportOptionName>[] = [
  { name: 'to', value: 'FORMAT', help: 'html, md or json' },
  { name: 'out', value: 'FILE', help: 'write there instead of standard output' },
];

/** `export`: a trace as a page or document. What a damaged trace still holds is exported, with a warning. */
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
  if (out === undefined) context.output.write(document);
  else await writeDocument(resolve(context.workingFolder, out), document);
  return 'done';
}

function formatOf(name: string | undefined): (record: RunRecord) => string {
  const names = EXPORT_FORMATS.map((each) => each.name);
  if (name === undefined) throw new UsageError(`Say which format by --to: ${names.join(', ')}.`);
  const format = EXPORT_FORMATS.find((each) => each.name === name);
  if (format) return format.write;
  const nearest = nearestName(name, names);
  const suggestion = nearest === null ? '' : ` Did you mean ${nearest}?`;
  throw new UsageError(`--to is "${name}", but must be one of ${names.join(', ')}.${suggestion}`);
}

async function writeDocument(path: string, document: string): Promise<void> {
  try {
    await writeFile(path, document);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MentorCollabError('bad-input', `The document can't be written to ${path}: ${reason}`, { cause });
  }
}
