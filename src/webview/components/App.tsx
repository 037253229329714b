import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PanelViewModel } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';
import { Composer } from './Composer.tsx';
import { Footer } from './Footer.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { RunPanel } from './RunPanel.tsx';
import { Unreadable } from './Unreadable.tsx';

interface AppProps {
  /** Null until the host has said what to show. */
  readonly panel: PanelViewModel | null;
  readonly actions: PanelActions;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
}

/** The whole panel. */
export function App({ panel, actions, now }: AppProps): JSX.Element | null {
  const [isHelpOpen, setHelpOpen] = useState(false);
  if (!panel) return null;
  const { composer, run, status, unreadable } = panel;
  const openHelp = (): void => {
    setHelpOpen(true);
  };
  return (
    <div class="panel">
      {composer && <Composer composer={composer} actions={actions} />}
      {run && <RunPanel key={run.runId} run={run} actions={actions} now={now} onHelp={openHelp} />}
      {unreadable !== null && <Unreadable message={unreadable} actions={actions} />}
      {!run && !composer && unreadable === null && <Welcome actions={actions} />}
      <Footer status={status} hasRun={run !== null} actions={actions} onHelp={openHelp} />
      {isHelpOpen && (
        <KeyboardHelp
          onClose={() => {
            setHelpOpen(false);
          }}
        />
      )}
    </div>
  );
}

function Welcome({ actions }: { readonly actions: PanelActions }): JSX.Element {
  return (
    <main class="welcome">
      <h1>No question yet</h1>
      <p>A small model reasons it through; a larger mentor helps where it matters. Both run on this machine.</p>
      <button
        type="button"
        class="button button-primary"
        onClick={() => {
          actions.send({ type: 'composer-opened' });
        }}
      >
        Ask a Question
      </button>
    </main>
  );
}
