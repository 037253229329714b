/** A line of the Runs view. Commands of other parts take the run's id from it. */
export type RunsElement =
  { readonly type: 'day'; readonly key: string } | { readonly type: 'run'; readonly runId: string };
