/** Bounds of what is estimated, at 95%. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
