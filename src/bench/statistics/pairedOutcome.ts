/** How two arms did on the same item, or in the same run of it. */
export interface PairedOutcome {
  /** What hangs together: all runs of one question, or all questions on one text; else each item's own. */
  readonly cluster: string;
  /** 1 for right and 0 for wrong, or the mean over seeds. */
  readonly a: number;
  readonly b: number;
}
