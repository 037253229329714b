import type { RunEnded } from '../../core/runEvent.ts';
import type { PanelState } from '../../protocol/panel.ts';
import { describeFailure } from './describeFailure.ts';

/** The state that a run's last event leaves it in. */
export function stateOfEnd(ended: RunEnded): PanelState {
  switch (ended.stop) {
    case 'end':
    case 'maxTokens':
    case 'repeat':
    case 'stopString':
      return { phase: 'done' };
    case 'cancelled':
      return { phase: 'stopped' };
    case 'failed':
      return failedState(ended.failure ?? { code: 'internal', message: 'The run failed without saying why.' });
  }
}

/** The state of a run that failed. */
export function failedState(failure: Parameters<typeof describeFailure>[0]): PanelState {
  return { phase: 'failed', ...describeFailure(failure) };
}
