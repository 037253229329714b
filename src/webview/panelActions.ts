import type { PanelMessage, SidePane } from '../protocol/panel.ts';
import type { TextView } from './savedState.ts';

/** What the components can ask for. */
export interface PanelActions {
  /** Sends a message to the extension host. */
  send(message: PanelMessage): void;
  chooseView(view: TextView): void;
  /** Opens a step, probed or not, and tells the host; null closes the one that is open. */
  selectStep(step: number | null): void;
  /** Shows something beside the text, in place of the step that is open; null for nothing. */
  showSide(side: SidePane | null): void;
  /** Shows only the timeline's heading, or all of it. */
  foldTimeline(isFolded: boolean): void;
  /** Takes what has been typed into the question box. */
  editQuestion(text: string): void;
  /** Takes the confirmation away. */
  clearStatus(): void;
}
