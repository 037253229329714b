import { escapeHtml } from '../../../export/escapeHtml.ts';
import type { ReportColumn, ReportRow, ReportTable } from '../tables/reportTable.ts';

/** A table as HTML, which scrolls by itself where it is wider than the page; nothing for no rows. */
export function tableHtml({ caption, columns, rows, apart = [], notes = [] }: ReportTable): string {
  if (rows.length + apart.length === 0) return '';
  const head = columns.map(({ head: name, kind }) => `<th scope="col"${classOf(kind)}>${escapeHtml(name)}</th>`);
  const own = rows.length === 0 ? '' : `<tbody>\n${rowsHtml(columns, rows)}\n</tbody>\n`;
  const others = apart.length === 0 ? '' : `<tbody class="apart">\n${rowsHtml(columns, apart)}\n</tbody>\n`;
  return `<div class="wide" role="region" tabindex="0" aria-label="${escapeHtml(caption)}">
<table>
<caption>${escapeHtml(caption)}</caption>
<thead><tr>${head.join('')}</tr></thead>
${own}${others}</table>
</div>
${notes.map((note) => `<p class="quiet note">${escapeHtml(note)}</p>`).join('\n')}`;
}

function rowsHtml(columns: readonly ReportColumn[], rows: readonly ReportRow[]): string {
  return rows.map((row) => `<tr>${row.map((text, index) => cell(text, columns[index])).join('')}</tr>`).join('\n');
}

function cell(text: string, column: ReportColumn | undefined): string {
  const content = escapeHtml(text);
  if (column?.kind === 'name') return `<th scope="row">${content}</th>`;
  return `<td${classOf(column?.kind)}>${content}</td>`;
}

function classOf(kind: ReportColumn['kind'] | undefined): string {
  return kind === 'number' ? ' class="number"' : '';
}
