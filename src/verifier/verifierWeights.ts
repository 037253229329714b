/** A linear layer, y = W x + b. */
export interface LinearWeights {
  readonly inputs: number;
  readonly outputs: number;
  /** Row by row, as PyTorch keeps it: `outputs` rows of `inputs` numbers. */
  readonly weight: Float32Array;
  /** One number an output. */
  readonly bias: Float32Array;
}

/** Batch normalisation of a layer's outputs as it is at inference; one number an output in each list. */
export interface BatchNormWeights {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly runningMean: Float32Array;
  readonly runningVariance: Float32Array;
}

/**
 * MentorCollab-MLP's verifier (arXiv 2602.05307): torchvision's `MLP` over a hidden state of h numbers with layers of 2h, h and
 * floor(h/2), and a linear layer to one logit. The names are those of the published state dicts.
 */
export interface MlpWeights {
  /** `mlp.0`, h to 2h; then `mlp.1`, ReLU. */
  readonly first: LinearWeights;
  readonly firstNorm: BatchNormWeights;
  /** `mlp.4`, 2h to h; then `mlp.5`, ReLU. */
  readonly second: LinearWeights;
  readonly secondNorm: BatchNormWeights;
  /** `mlp.8`, h to floor(h/2); neither norm nor ReLU behind it. */
  readonly third: LinearWeights;
  /** `linear`, to one logit; its sigmoid above 0.5 takes the generator's patch. */
  readonly output: LinearWeights;
}

/** A logistic model over a decision's own numbers: the logit is the bias and the weighted sum of the standardised features. */
export interface LogisticWeights {
  /** Names of the features, in the order of the lists. */
  readonly features: readonly string[];
  readonly mean: Float32Array;
  /** Above 0. */
  readonly standardDeviation: Float32Array;
  readonly weight: Float32Array;
  readonly bias: number;
}

/** What a verifier was trained on and how well it judges; kept inside its file. */
export interface VerifierCard {
  /** `major.minor`; a reader opens every minor of its major. */
  readonly formatVersion: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly generator: ModelIdentity;
  readonly mentor: ModelIdentity;
  /** The questions, in the user's words, such as a file's name, with its SHA-256 where there is one file. */
  readonly data: { readonly name: string; readonly sha256: string | null; readonly questions: number };
  /** Divergences of which exactly one branch answered right, which are what it learnt from; and of the held-out ones. */
  readonly examples: { readonly training: number; readonly heldOut: number };
  /** Areas under the ROC curve over the held-out examples; null where one class alone was there. */
  readonly heldOutAuc: { readonly mlp: number | null; readonly logistic: number | null };
}

/** Which model a verifier belongs to. */
export interface ModelIdentity {
  readonly name: string;
  /** SHA-256 of its file; null for a server's. */
  readonly sha256: string | null;
}

/** A verifier as its file holds it. */
export interface Verifier {
  /** Null in a file that has none. */
  readonly mlp: MlpWeights | null;
  readonly logistic: LogisticWeights | null;
  /** Null in a published state dict, which says nothing of itself. */
  readonly card: VerifierCard | null;
}
