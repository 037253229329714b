/** A mark of an axis. */
export interface Tick {
  /** Its place along the axis. */
  readonly at: number;
  readonly label: string;
}

/** Ticks whose labels stand at least `apart` from one another, the first always among them. */
export function apartBy(ticks: readonly Tick[], apart: number): readonly Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (!last || Math.abs(tick.at - last.at) >= apart) kept.push(tick);
  }
  return kept;
}
