import type { JSX } from 'preact';
import type { StateIcon } from '../model/describeState.ts';

const PATHS: Readonly<Record<StateIcon, string>> = {
  busy: 'M8 1.75a6.25 6.25 0 1 1-6.25 6.25',
  done: 'M2.75 8.5l3.5 3.5 7-8',
  stopped: 'M4 4h8v8h-8z',
  failed: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 4.75v4M8 10.75v.5',
};

/** The picture of a state, drawn as a line in the text's colour; the words beside it say the same. */
export function Icon({ name }: { readonly name: StateIcon }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
