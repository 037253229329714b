/** The first of the indices from 0 that fits, by bisection; `length` when none does. All behind one that fits have to fit. */
export function firstFitting(length: number, fits: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
