import { firstFitting } from '../model/bisection.ts';

/** Where something begins and ends from top to bottom, in CSS pixels. */
export interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/**
 * The first and the last of many things, one below the other, of which something can be seen; null when there is none.
 *
 * @param extentOf - where one of them is; asked of few, since each may cost a layout.
 */
export function rangeInSight(
  count: number,
  extentOf: (index: number) => Extent,
  sight: Extent,
): { readonly first: number; readonly last: number } | null {
  const first = firstFitting(count, (index) => extentOf(index).bottom > sight.top);
  const behindLast = firstFitting(count, (index) => extentOf(index).top >= sight.bottom);
  return first < behindLast ? { first, last: behindLast - 1 } : null;
}
