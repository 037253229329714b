/** Rows are worked on so many at a time: each weight that is read serves as many of them. */
export const ROWS_AT_ONCE = 4;

/**
 * Vectors of one length, row by row. The list holds whole fours of rows; those beyond `rows` count for nothing, and are zero
 * in a gradient.
 */
export interface Batch {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** A batch of zeros. */
export function zeroBatch(rows: number, columns: number): Batch {
  const held = Math.ceil(rows / ROWS_AT_ONCE) * ROWS_AT_ONCE;
  return { rows, columns, values: new Float32Array(held * columns) };
}

/** A batch of these vectors, all of one length. */
export function batchOf(vectors: readonly ArrayLike<number>[]): Batch {
  const columns = vectors[0]?.length ?? 0;
  const batch = zeroBatch(vectors.length, columns);
  for (const [row, vector] of vectors.entries()) batch.values.set(vector, row * columns);
  return batch;
}
