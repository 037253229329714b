/** A divergence of which one branch answered right and the other wrong. */
export interface TrainingExample {
  /** What it belongs to: examples of one question are never parted. */
  readonly question: string;
  /** The generator's last-layer hidden state at the verification sentence cut before the choice. */
  readonly hidden: Float32Array;
  /** The decision's own numbers by name. */
  readonly features: Readonly<Record<string, number>>;
  /** Whether the branch with the generator's patch is the one that answered right. */
  readonly favoursGenerator: boolean;
}
