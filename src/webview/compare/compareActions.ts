import type { CompareMessage } from '../../protocol/compare.ts';
import type { CompareChoices } from './savedState.ts';

/** What the components can ask for. */
export interface CompareActions {
  /** Sends a message to the extension host. */
  send(message: CompareMessage): void;
  /** Changes how the comparison is seen. */
  choose(choices: Partial<CompareChoices>): void;
  /** Goes to the next difference, or back with -1. */
  goBy(by: 1 | -1): void;
  /** Takes the confirmation away. */
  clearStatus(): void;
}
