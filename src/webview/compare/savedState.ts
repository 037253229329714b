import type { ComparedArm } from '../../protocol/compare.ts';

/** How the reader wants to see the comparison. */
export interface CompareChoices {
  /** The column that the others are measured against, by its id; null for the first. */
  readonly reference: string | null;
  /** Whether the texts scroll together. */
  readonly isSynchronised: boolean;
  /** Whether words that a text lacks are shown in it, struck through. */
  readonly showsMissing: boolean;
}

/** What a page keeps over a reload: how it is seen, and the runs by which the host brings it back. */
export interface SavedComparison extends CompareChoices {
  readonly question: string;
  readonly columns: readonly { readonly arm: ComparedArm | null; readonly runId: string | null }[];
}

const DEFAULTS: CompareChoices = { reference: null, isSynchronised: true, showsMissing: true };

/** The choices that an earlier page has saved; anything unusable in them is left out. */
export function readChoices(saved: unknown): CompareChoices {
  if (typeof saved !== 'object' || saved === null) return DEFAULTS;
  const { reference, isSynchronised, showsMissing } = saved as Partial<Record<keyof CompareChoices, unknown>>;
  return {
    reference: typeof reference === 'string' ? reference : null,
    isSynchronised: isSynchronised !== false,
    showsMissing: showsMissing !== false,
  };
}
