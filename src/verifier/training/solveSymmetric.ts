import { MentorCollabError } from '../../core/errors.ts';

/**
 * The solution x of A x = b for a symmetric, positive definite matrix, by Cholesky's factorisation.
 *
 * @param matrix - row by row, as many rows as `right` has numbers; the part below the diagonal alone is read.
 * @throws MentorCollabError `internal` for a matrix that is not positive definite.
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const lower = factorised(matrix, size);
  const at = (row: number, column: number): number => lower[row * size + column] ?? 0;
  const solution = right.slice();
  for (let row = 0; row < size; row++) {
    let rest = solution[row] ?? 0;
    for (let k = 0; k < row; k++) rest -= at(row, k) * (solution[k] ?? 0);
    solution[row] = rest / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = solution[row] ?? 0;
    for (let k = row + 1; k < size; k++) rest -= at(k, row) * (solution[k] ?? 0);
    solution[row] = rest / at(row, row);
  }
  return solution;
}

/** The lower triangle L with L Lᵀ = A. */
function factorised(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column] ?? 0;
      for (let k = 0; k < column; k++) rest -= (lower[row * size + k] ?? 0) * (lower[column * size + k] ?? 0);
      if (row === column && !(rest > 0)) {
        throw new MentorCollabError('internal', 'A matrix that should be positive definite is not.');
      }
      lower[row * size + column] = row === column ? Math.sqrt(rest) : rest / (lower[column * size + column] ?? 1);
    }
  }
  return lower;
}
