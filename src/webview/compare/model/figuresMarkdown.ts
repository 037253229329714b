import type { FigureCell, FigureGroup } from './figures.ts';

/** The figures as a Markdown table, with the columns' titles above. */
export function figuresMarkdown(titles: readonly string[], groups: readonly FigureGroup[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  const rows = groups.flatMap(({ title, rows }) =>
    rows.map(({ label, cells }) =>
      line([title === null ? label : `${title}: ${label.toLowerCase()}`, ...cells.map(inWords)]),
    ),
  );
  return [line(['', ...titles]), `|${' --- |'.repeat(titles.length + 1)}`, ...rows, ''].join('\n');
}

function inWords({ value, detail, compared }: FigureCell): string {
  const remarks = [compared, detail].filter((remark) => remark !== null);
  return remarks.length > 0 ? `${value} (${remarks.join(', ')})` : value;
}

/** Nothing that a model wrote may end the cell or begin markup. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\|`*_<>[\]$]/g, '\\$&');
}
