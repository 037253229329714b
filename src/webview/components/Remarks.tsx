import type { JSX } from 'preact';
import type { Ability, FailureAction, PanelMessage, PanelRun, PanelState } from '../../protocol/panel.ts';
import type { PanelActions } from '../panelActions.ts';
import { Icon } from './Icon.tsx';

const FAILURE_BUTTONS: Readonly<Record<FailureAction, { readonly label: string; readonly message: PanelMessage }>> = {
  retry: { label: 'Retry', message: { type: 'retry-requested' } },
  'show-log': { label: 'Show Log', message: { type: 'log-requested' } },
  settings: { label: 'Settings', message: { type: 'settings-requested' } },
  'choose-models': { label: 'Choose Models', message: { type: 'models-requested' } },
  'show-models': { label: 'Show Models', message: { type: 'models-view-requested' } },
  'download-models': { label: 'Download', message: { type: 'download-requested' } },
};

interface FailureProps {
  readonly state: Extract<PanelState, { readonly phase: 'failed' }>;
  /** Without `ask` there is no retry. */
  readonly abilities: ReadonlySet<Ability>;
  readonly actions: PanelActions;
}

/** Why the run failed, and what can be done about it. */
export function Failure({ state, abilities, actions }: FailureProps): JSX.Element {
  const offered = state.actions.filter((action) => action !== 'retry' || abilities.has('ask'));
  return (
    <section class="remark-bar remark-failure" role="alert" aria-label="Why the run failed">
      <Icon name="failed" />
      <p>{state.message}</p>
      <div class="remark-actions">
        {offered.map((action, index) => (
          <button
            key={action}
            type="button"
            class={index === 0 ? 'button button-primary' : 'button'}
            onClick={() => {
              actions.send(FAILURE_BUTTONS[action].message);
            }}
          >
            {FAILURE_BUTTONS[action].label}
          </button>
        ))}
      </div>
    </section>
  );
}

interface NoticeProps {
  readonly notice: NonNullable<PanelRun['notice']>;
  readonly actions: PanelActions;
}

/** A remark on the run as a whole. */
export function Notice({ notice, actions }: NoticeProps): JSX.Element {
  return (
    <section class="remark-bar remark-notice" aria-label="Remark">
      <Icon name="failed" />
      <p>{notice.message}</p>
      {notice.action === 'choose-models' && (
        <div class="remark-actions">
          <button
            type="button"
            class="button"
            onClick={() => {
              actions.send({ type: 'models-requested' });
            }}
          >
            Choose a Pair…
          </button>
        </div>
      )}
    </section>
  );
}
