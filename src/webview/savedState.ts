import type { SidePane } from '../protocol/panel.ts';

/** The two views of one text: exact and marked word by word, or as Markdown with formulas. */
export type TextView = 'words' | 'rendered';

/** What a panel keeps over being hidden, moved and reloaded; everything else comes from the host. */
export interface SavedState {
  /** The run that {@link selectedStep} belongs to; null without one. */
  readonly runId: string | null;
  readonly view: TextView;
  /** Step whose decision is open; null for none. */
  readonly selectedStep: number | null;
  /** What stands beside the text while no step is open; null for nothing. */
  readonly side: SidePane | null;
  /** Whether only the timeline's heading is shown. */
  readonly isTimelineFolded: boolean;
  /** A question being typed, and what the box was opened with; null while it is closed. */
  readonly draft: { readonly openedWith: string; readonly text: string } | null;
}

/** A panel that has never been used. */
export const NEW_STATE: SavedState = {
  runId: null,
  view: 'words',
  selectedStep: null,
  side: null,
  isTimelineFolded: false,
  draft: null,
};

/** What an earlier page has saved; anything unusable in it, such as another version's, is left out. */
export function readSavedState(saved: unknown): SavedState {
  if (typeof saved !== 'object' || saved === null) return NEW_STATE;
  const { runId, view, selectedStep, side, isTimelineFolded, draft } = saved as Partial<
    Record<keyof SavedState, unknown>
  >;
  return {
    runId: typeof runId === 'string' ? runId : null,
    view: view === 'rendered' ? 'rendered' : 'words',
    selectedStep: typeof selectedStep === 'number' ? selectedStep : null,
    side: side === 'branches' || side === 'influence' ? side : null,
    isTimelineFolded: isTimelineFolded === true,
    draft: readDraft(draft),
  };
}

function readDraft(saved: unknown): SavedState['draft'] {
  if (typeof saved !== 'object' || saved === null) return null;
  const { openedWith, text } = saved as { readonly openedWith?: unknown; readonly text?: unknown };
  return typeof openedWith === 'string' && typeof text === 'string' ? { openedWith, text } : null;
}
