/** One change of a document, by its place before the change; `vscode.TextDocumentContentChangeEvent` is one. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * Where a stretch of text begins after changes made together: changes before it move it, those inside or behind it
 * leave its beginning.
 */
export function movedOffset(start: number, changes: readonly TextChange[]): number {
  const before = changes.filter((change) => change.rangeOffset + change.rangeLength <= start);
  return before.reduce((moved, change) => moved + change.text.length - change.rangeLength, start);
}
