import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { StatusView } from '../../model/panelModel.ts';
import type { CompareActions } from '../compareActions.ts';

/** How long a confirmation stays, in milliseconds. */
const CONFIRMATION_MS = 5000;

interface CompareFooterProps {
  readonly status: StatusView | null;
  readonly actions: CompareActions;
}

/** What the marks mean, and a word on what was just done. */
export function CompareFooter({ status, actions }: CompareFooterProps): JSX.Element {
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
      <ul class="legend" aria-label="Marks in the texts">
        <li>
          <ins class="added">only here</ins>
        </li>
        <li>
          <del class="missing">only in the reference</del>
        </li>
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
      <p class="confirmation" role="status">
        {status && <span key={status.serial}>{status.message}</span>}
      </p>
    </footer>
  );
}
