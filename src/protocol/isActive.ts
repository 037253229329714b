import type { PanelState } from './panel.ts';

/** Whether a run still goes on in that state. */
export function isActive(state: PanelState): boolean {
  switch (state.phase) {
    case 'loading':
    case 'reading-prompt':
    case 'reasoning':
    case 'stopping':
    case 'following':
      return true;
    case 'done':
    case 'stopped':
    case 'broken-off':
    case 'failed':
      return false;
  }
}
