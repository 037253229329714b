import { exportHtml } from './exportHtml.ts';
import { exportJson } from './exportJson.ts';
import { exportMarkdown } from './exportMarkdown.ts';
import { exportText } from './exportText.ts';
import type { RunRecord } from './runRecord.ts';

/** A kind of document that a run can be turned into. */
export interface ExportFormat {
  /** What it is called on the command line; also the file name's extension. */
  readonly name: 'html' | 'md' | 'txt' | 'json';
  /** What it is called elsewhere. */
  readonly label: string;
  /** What one gets of it. */
  readonly about: string;
  readonly write: (record: RunRecord) => string;
}

/** Every format, the one that shows most first. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  {
    name: 'html',
    label: 'Web Page',
    about: 'One file with everything in it, to read in any browser; no scripts, no network',
    write: exportHtml,
  },
  { name: 'md', label: 'Markdown', about: 'The text, its figures and its decisions as tables', write: exportMarkdown },
  {
    name: 'txt',
    label: 'Annotated Text',
    about: 'Plain text with the mentor’s words in brackets and a note for each divergence',
    write: exportText,
  },
  { name: 'json', label: 'JSON', about: 'The result with its decisions, as solve --json prints it', write: exportJson },
];
