import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { StatusView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';

/** How long a confirmation stays, in milliseconds. */
const CONFIRMATION_MS = 5000;

interface FooterProps {
  readonly status: StatusView | null;
  readonly hasRun: boolean;
  readonly actions: PanelActions;
  /** Shows what the keys do. */
  readonly onHelp: () => void;
}

/** What the marks mean, and a word on what was just done. */
export function Footer({ status, hasRun, actions, onHelp }: FooterProps): JSX.Element {
  useEffect(() => {
    if (status === null) return;
    const timer = setTimeout(() => {
      actions.clearStatus();
    }, CONFIRMATION_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [status, actions]);
  return (
    <footer class="footer">
      {hasRun && (
        <ul class="legend" aria-label="Marks in the text">
          <li>
            <span class="sample sample-mentor">mentor's words</span>
          </li>
          <li>
            <span class="sample sample-kept">diverged, generator kept</span>
          </li>
          <li>
            <span class="sample sample-agreed">probed, agreed</span>
          </li>
        </ul>
      )}
      {hasRun && (
        <button type="button" class="link-button" onClick={onHelp}>
          Keys
        </button>
      )}
      <p class="confirmation" role="status">
        {status && <span key={status.serial}>{status.message}</span>}
      </p>
    </footer>
  );
}
