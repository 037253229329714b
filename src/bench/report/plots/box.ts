/** A rectangle in a drawing's own units; y grows downwards. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Whether two rectangles share more than an edge. */
export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Whether a rectangle lies wholly within another. */
export function contains(outer: Box, inner: Box): boolean {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}

/** The rectangle of a width and height around a place. */
export function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/** A place in a drawing. */
interface Place {
  readonly x: number;
  readonly y: number;
}

const BEAD = 3;

/** Small rectangles along a line through places, close enough that no text fits between two. */
export function alongLine(places: readonly Place[]): readonly Box[] {
  return places.slice(1).flatMap((to, index) => {
    const from = places[index] ?? to;
    const beads = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / BEAD));
    return Array.from({ length: beads + 1 }, (_, bead) => {
      const share = bead / beads;
      return boxAround(from.x + share * (to.x - from.x), from.y + share * (to.y - from.y), BEAD, BEAD);
    });
  });
}
