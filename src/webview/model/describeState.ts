import type { RunEnded } from '../../core/runEvent.ts';
import type { PanelState } from '../../protocol/panel.ts';
import { formatDuration } from './numberFormats.ts';

/** The picture that goes with a state; never the only thing that tells it. */
export type StateIcon = 'busy' | 'done' | 'stopped' | 'failed';

/** Where a run is, in words. */
export interface StateDescription {
  readonly icon: StateIcon;
  /** Without a running clock, so that it is announced once and not every second. */
  readonly text: string;
  /** Since when it lasts, in epoch milliseconds; null for a state that does not go on. */
  readonly sinceMs: number | null;
  /** How far a model is loaded, 0..1; null in every other state. */
  readonly fraction: number | null;
}

/** What a state's words are taken from. */
export interface StateInput {
  readonly state: PanelState;
  readonly generatorName: string;
  readonly mentorName: string | null;
  readonly ended: RunEnded | null;
}

/** A run's state in words. */
export function describeState(input: StateInput): StateDescription {
  const { state, ended } = input;
  switch (state.phase) {
    case 'loading': {
      const name = (state.role === 'mentor' ? input.mentorName : input.generatorName) ?? '';
      return { ...busy(`Loading the ${state.role} ${name}`.trimEnd(), state.sinceMs), fraction: state.fraction };
    }
    case 'reading-prompt':
      return busy('Reading the prompt', state.sinceMs);
    case 'reasoning':
      return busy('Reasoning', state.sinceMs);
    case 'stopping':
      return busy('Stopping', state.sinceMs);
    case 'following':
      return busy('Being written by another program', state.sinceMs);
    case 'done':
      return over('done', `Done${ended ? ` in ${formatDuration(ended.timeMs)}${whyItEnded(ended)}` : ''}`);
    case 'stopped':
      return over('stopped', `Stopped${ended ? ` after ${formatDuration(ended.timeMs)}` : ''}`);
    case 'broken-off':
      return over('stopped', 'Breaks off before the end of the run');
    case 'failed':
      return over('failed', `Failed${ended ? ` after ${formatDuration(ended.timeMs)}` : ''}`);
  }
}

/** An end that the reader may take for a finished solution is named. */
function whyItEnded(ended: RunEnded): string {
  switch (ended.stop) {
    case 'maxTokens':
      return ', at the token limit';
    case 'repeat':
      return ', because the text repeated itself';
    case 'stopString':
      return ', at a stop string';
    case 'end':
    case 'cancelled':
    case 'failed':
      return '';
  }
}

function busy(text: string, sinceMs: number): StateDescription {
  return { icon: 'busy', text, sinceMs, fraction: null };
}

function over(icon: StateIcon, text: string): StateDescription {
  return { icon, text, sinceMs: null, fraction: null };
}
