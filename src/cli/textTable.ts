/**
 * Columns side by side; a cell beyond the head's last column is left as it is.
 *
 * @param textColumns - how many columns at the front hold words, and are put to the left; numbers go to the right.
 * Default: 1.
 */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], textColumns = 1): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column < textColumns ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
