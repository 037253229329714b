import type { JSX } from 'preact';
import type { StateDescription } from '../model/describeState.ts';
import { formatShare } from '../model/numberFormats.ts';
import { Elapsed } from './Elapsed.tsx';
import { Icon } from './Icon.tsx';

interface RunStateProps {
  readonly description: StateDescription;
  readonly now: () => number;
}

/** Where the run is; only its words are announced, not each second of the clock. */
export function RunState({ description, now }: RunStateProps): JSX.Element {
  const { icon, text, sinceMs, fraction } = description;
  return (
    <p class={`state state-${icon}`}>
      <Icon name={icon} />
      <span role="status" class="state-text">
        {text}
      </span>
      {fraction !== null && <span class="state-share">{formatShare(Math.round(fraction * 100) / 100)}</span>}
      {sinceMs !== null && <Elapsed sinceMs={sinceMs} now={now} />}
    </p>
  );
}

/** How far a model is loaded, 0..1, as a bar. */
export function LoadingBar({ text, fraction }: { readonly text: string; readonly fraction: number }): JSX.Element {
  const percent = Math.round(fraction * 100);
  return (
    <div
      class="loading-bar"
      role="progressbar"
      aria-label={text}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div class="loading-bar-done" style={{ width: `${percent}%` }} />
    </div>
  );
}
