import type { JSX } from 'preact';
import type { ComparisonProgress } from '../../../protocol/compare.ts';
import { Icon } from '../../components/Icon.tsx';
import type { CompareActions } from '../compareActions.ts';
import type { ColumnView } from '../model/comparisonModel.ts';

interface CompareProgressProps {
  readonly progress: ComparisonProgress;
  readonly columns: readonly ColumnView[];
  readonly actions: CompareActions;
}

/** How far the comparison is, with the button for what can be done about it. */
export function CompareProgress({ progress, columns, actions }: CompareProgressProps): JSX.Element {
  const { phase, message, canResume } = progress;
  const isRunning = phase === 'running' || phase === 'stopping';
  return (
    <div class="comparison-progress">
      <p class={isRunning ? 'state state-busy' : phase === 'done' ? 'state state-done' : 'state state-stopped'}>
        <Icon name={isRunning ? 'busy' : phase} />
        <span role="status" class="state-text">
          {inWords(phase, columns)}
        </span>
      </p>
      {message !== null && <p class="quiet">{message}</p>}
      {isRunning && (
        <button
          type="button"
          class="button button-stop"
          disabled={phase === 'stopping'}
          onClick={() => {
            actions.send({ type: 'cancel-requested' });
          }}
        >
          <span class="stop-square" aria-hidden="true" />
          Cancel
        </button>
      )}
      {!isRunning && canResume && (
        <button
          type="button"
          class="button button-primary"
          onClick={() => {
            actions.send({ type: 'resume-requested' });
          }}
        >
          Go On
        </button>
      )}
    </div>
  );
}

function inWords(phase: ComparisonProgress['phase'], columns: readonly ColumnView[]): string {
  switch (phase) {
    case 'running': {
      const at = columns.findIndex(({ isActive }) => isActive);
      const title = columns[at]?.column.title;
      // Between two runs, and while another one is waited for.
      return title === undefined ? 'Waiting for its turn' : `Running ${at + 1} of ${columns.length}: ${title}`;
    }
    case 'stopping':
      return 'Stopping';
    case 'stopped':
      return 'Not complete';
    case 'done':
      return `${columns.length} runs compared`;
  }
}
