/**
 * What a model was trained for. `instruct`: to answer in a chat. `reasoning`: to reason at length before it answers.
 * `base`: to go on with a text; it has no chat template that it was trained with.
 */
export type ModelKind = 'instruct' | 'reasoning' | 'base';

/** Whether a model writes its reasoning between thinking tags. `optional`: its chat template switches it on and off. */
export type Thinking = 'never' | 'always' | 'optional';

/** What a model may be in a run. */
export type CatalogueRole = 'generator' | 'mentor' | 'verifier';

/** One file of a model: a model is one file, or several that were split from one. */
export interface CatalogueFile {
  /** Its path in the hub repository; of a model that ships with this program, its name in `media/models`. */
  readonly name: string;
  /** Exact size; null where it is not known beforehand and is taken from the hub's own metadata on download. */
  readonly bytes: number | null;
  /** SHA-256 in lower-case hexadecimal; null as for `bytes`. */
  readonly sha256: string | null;
}

/** The terms a model is used under. */
export interface CatalogueLicence {
  /** SPDX identifier where there is one, else the name its maker gives it. */
  readonly name: string;
  /** Where its text stands; null for the licence of this program. */
  readonly url: string | null;
  /** Whether the hub asks for an account that has accepted it before it gives the files. */
  readonly isGated: boolean;
}

/** What the KV cache of a model depends on. */
export interface ModelShape {
  /** Decoder layers that have attention. */
  readonly layers: number;
  /** Heads of keys and values in each layer; fewer than query heads where those share. */
  readonly keyValueHeads: number;
  /** Elements of one head's key, and of its value. */
  readonly headSize: number;
  /** Tokens in the vocabulary, unused ones included. */
  readonly vocabulary: number;
}

/** A model that can be had: one quantization of one model, from one repository. */
export interface CatalogueModel {
  /** What people write instead of a path: lower-case letters, digits, dots and dashes. */
  readonly id: string;
  /** What people read. */
  readonly name: string;
  /** What its relatives have in common, such as `qwen3`: models of one family suit each other. */
  readonly family: string;
  readonly kind: ModelKind;
  readonly thinking: Thinking;
  /** What it suits, by size and training; any model may be given any role. */
  readonly roles: readonly CatalogueRole[];
  /** Whether the paper's experiments (arXiv 2602.05307) used it as generator. */
  readonly isPaperGenerator: boolean;
  /** The hub repository `owner/name` with its files; null for a model that ships with this program. */
  readonly repository: string | null;
  /**
   * The commit, or else the branch, of that repository to take the files from: hashes hold for a commit, what a branch
   * holds may change. Null as for `repository`.
   */
  readonly revision: string | null;
  /** The hub repository of the weights it was made from; null where there is none. */
  readonly originalRepository: string | null;
  /** As llama.cpp names it, such as `Q4_K_M`. */
  readonly quantization: string;
  /** In order; the first is the one to load. */
  readonly files: readonly CatalogueFile[];
  readonly licence: CatalogueLicence;
  /** Weights in all, those of experts that rest included; null where it is not known. */
  readonly parameters: number | null;
  /** Tokens of context it was trained with; null where it is not known. */
  readonly contextTokens: number | null;
  /** Null where it is not known. */
  readonly shape: ModelShape | null;
}

/** Memory sizes that pairs are suggested for, in GiB. */
export const PAIR_MEMORY_SIZES = [4, 8, 16, 32, 64] as const;

/** A generator and a mentor that are worth trying together. */
export interface CataloguePair {
  readonly id: string;
  /** GiB of the smallest machine it is suggested for; null for the demo pair, which fits any. */
  readonly memoryGiB: (typeof PAIR_MEMORY_SIZES)[number] | null;
  /** Id of a model in the catalogue. */
  readonly generator: string;
  /** Id of a model in the catalogue. */
  readonly mentor: string;
  /** One line: whom it is for, and what it costs. */
  readonly description: string;
}

/** Models that can be had and pairs worth trying, as `media/models/catalogue.json` has them. */
export interface Catalogue {
  readonly models: readonly CatalogueModel[];
  readonly pairs: readonly CataloguePair[];
}
