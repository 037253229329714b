import { escapeMarkdown, escapeMarkdownCell } from '../../export/escapeMarkdown.ts';
import type { ReportTable } from './tables/reportTable.ts';

/** A heading of a level from 1. */
export function markdownHeading(level: number, text: string): string {
  return `${'#'.repeat(level)} ${escapeMarkdownCell(text)}`;
}

/** A table with its caption and notes; nothing for no rows. */
export function markdownTable({ caption, columns, rows, apart = [], notes = [] }: ReportTable): string {
  if (rows.length + apart.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdownCell).join(' | ')} |`;
  const rule = columns.map(({ kind }) => (kind === 'number' ? ' ---: |' : ' --- |')).join('');
  const head = columns.map(({ head: name }) => name);
  return [
    `**${escapeMarkdownCell(caption)}**`,
    [line(head), `|${rule}`, ...[...rows, ...apart].map(line)].join('\n'),
    ...notes.map((note) => escapeMarkdown(note)),
  ].join('\n\n');
}
