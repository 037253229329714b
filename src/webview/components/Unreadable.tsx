import type { JSX } from 'preact';
import type { PanelActions } from '../panelActions.ts';

interface UnreadableProps {
  /** What is wrong with the file. */
  readonly message: string;
  readonly actions: PanelActions;
}

/** Stands for a file that has nothing to show. */
export function Unreadable({ message, actions }: UnreadableProps): JSX.Element {
  return (
    <main class="welcome">
      <h1>This file can’t be shown as a run</h1>
      <p role="alert">{message}</p>
      <button
        type="button"
        class="button button-primary"
        onClick={() => {
          actions.send({ type: 'text-requested' });
        }}
      >
        Open as Text
      </button>
    </main>
  );
}
