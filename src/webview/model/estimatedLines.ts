/** How many lines a text takes when that many characters fit into one; a line end at its very end begins no line. */
export function estimatedLines(text: string, columns: number): number {
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
}
