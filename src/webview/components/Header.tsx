import type { JSX } from 'preact';
import type { ModelFacts } from '../../core/languageModel.ts';
import { formatParameters } from '../model/numberFormats.ts';
import type { RunPanelView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';
import { Question } from './Question.tsx';
import { LoadingBar, RunState } from './RunState.tsx';

interface HeaderProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
  readonly now: () => number;
}

/** The question, who answers it and how far they are. */
export function Header({ run, actions, now }: HeaderProps): JSX.Element {
  const { description, state } = run;
  return (
    <header class="header">
      <Question text={run.question} title={run.title} />
      <div class="header-actions" hidden={!run.abilities.has('ask')}>
        {run.isActive && (
          <button
            type="button"
            class="button button-stop"
            disabled={state.phase === 'stopping'}
            onClick={() => {
              actions.send({ type: 'stop-requested' });
            }}
          >
            <span class="stop-square" aria-hidden="true" />
            Stop
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            actions.send({ type: 'composer-opened' });
          }}
        >
          New Question
        </button>
      </div>
      <div class="header-line">
        <RunState description={description} now={now} />
        <dl class="pair">
          <Model role="Generator" name={run.generatorName} facts={run.header?.generator.model ?? null} />
          <Model role="Mentor" name={run.mentorName ?? 'none'} facts={run.header?.mentor?.model ?? null} />
          {run.header?.verifier && (
            <Model role="Verifier" name={run.header.verifier.model.name} facts={run.header.verifier.model} />
          )}
          <div>
            <dt>Preset</dt>
            <dd>
              <b>{run.preset}</b>
            </dd>
          </div>
        </dl>
      </div>
      {description.fraction !== null && <LoadingBar text={description.text} fraction={description.fraction} />}
    </header>
  );
}

interface ModelProps {
  readonly role: string;
  readonly name: string;
  /** Null until the run has begun. */
  readonly facts: ModelFacts | null;
}

function Model({ role, name, facts }: ModelProps): JSX.Element {
  const size = facts?.parameters ? formatParameters(facts.parameters) : null;
  const place = facts?.server ? `on ${hostOf(facts.server)}` : null;
  const details = [size, facts?.quantization, place].filter((detail) => typeof detail === 'string').join(', ');
  return (
    <div title={facts?.server ?? undefined}>
      <dt>{role}</dt>
      <dd>
        <b>{name}</b>
        {details !== '' && <span class="quiet"> {details}</span>}
      </dd>
    </div>
  );
}

/** Host and port of a URL; the whole of what is none. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
