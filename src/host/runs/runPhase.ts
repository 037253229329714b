import { isActive } from '../../protocol/isActive.ts';
import type { PanelState, RunPhase } from '../../protocol/panel.ts';

/** A run's state as far as other runs need to know. */
export function runPhase(state: PanelState): RunPhase {
  if (isActive(state)) return 'running';
  return state.phase === 'done' || state.phase === 'stopped' ? state.phase : 'failed';
}
