/** A table of a report, for HTML and Markdown alike. */
export interface ReportTable {
  readonly caption: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  /** Rows that are not of this bench, to be kept apart from the others. */
  readonly apart?: readonly ReportRow[];
  /** What one must know to read it; one paragraph each. */
  readonly notes?: readonly string[];
}

/** One cell's text for every column. */
export type ReportRow = readonly string[];

export interface ReportColumn {
  readonly head: string;
  /** `name` is what its row is about, `number` stands to the right. */
  readonly kind: 'name' | 'text' | 'number';
}

/** The column that says what a row is about. */
export function nameColumn(head: string): ReportColumn {
  return { head, kind: 'name' };
}

export function textColumn(head: string): ReportColumn {
  return { head, kind: 'text' };
}

export function numberColumns(...heads: readonly string[]): readonly ReportColumn[] {
  return heads.map((head) => ({ head, kind: 'number' }));
}
