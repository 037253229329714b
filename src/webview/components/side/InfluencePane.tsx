import type { JSX } from 'preact';
import type { FlippedSegment, Influence } from '../../../protocol/panel.ts';
import { formatCount } from '../../model/numberFormats.ts';
import type { RunPanelView } from '../../model/panelModel.ts';
import { visibleText } from '../../../core/view/visibleText.ts';
import type { PanelActions } from '../../panelActions.ts';
import { BRANCH_PATH, IconButton } from '../IconButton.tsx';
import { AnswerChange } from './AnswerChange.tsx';
import { SidePaneFrame } from './SidePaneFrame.tsx';

interface InfluencePaneProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
}

/** Finds out, and shows, which of the mentor's patches the answer hangs on. */
export function InfluencePane({ run, actions }: InfluencePaneProps): JSX.Element {
  const { influence } = run;
  return (
    <SidePaneFrame
      title="Which intervention mattered?"
      onClose={() => {
        actions.showSide(null);
      }}
    >
      <p class="quiet">
        Each of the mentor’s {formatCount(run.view.counts.taken, 'patch', 'patches')} is left out in turn: the
        generator’s is taken instead and the run finished. Where the answer changes, the mentor’s words mattered.
      </p>
      {influence?.phase !== 'running' && influence?.phase !== 'done' && (
        <button
          type="button"
          class="button button-primary"
          disabled={run.isActive}
          onClick={() => {
            actions.send({ type: 'influence-requested' });
          }}
        >
          {influence ? 'Try Again' : 'Find Out'}
        </button>
      )}
      {influence && <Progress influence={influence} actions={actions} />}
      {influence && influence.flipped.length > 0 && (
        <ol class="flipped" aria-label="Interventions, those that changed the answer first">
          {influence.flipped.map((flipped) => (
            <FlippedRow key={flipped.step} flipped={flipped} run={run} actions={actions} />
          ))}
        </ol>
      )}
    </SidePaneFrame>
  );
}

function Progress({ influence, actions }: { influence: Influence; actions: PanelActions }): JSX.Element {
  const { phase, total, flipped, message } = influence;
  const changed = flipped.filter(({ answerChanged }) => answerChanged).length;
  const count = `${flipped.length} of ${total} flipped`;
  return (
    <div class="influence-progress">
      <p role="status">{phase === 'done' ? `${changed} of ${total} changed the answer.` : `${count}${ENDS[phase]}`}</p>
      {phase === 'running' && (
        <>
          <progress max={total} value={flipped.length} aria-label={count} />
          <button
            type="button"
            class="button"
            onClick={() => {
              actions.send({ type: 'influence-cancelled' });
            }}
          >
            Cancel
          </button>
        </>
      )}
      {message !== null && <p class="influence-message">{message}</p>}
    </div>
  );
}

const ENDS: Readonly<Record<Exclude<Influence['phase'], 'done'>, string>> = {
  running: '…',
  stopped: ', then stopped.',
  failed: ', then failed.',
};

interface FlippedRowProps extends InfluencePaneProps {
  readonly flipped: FlippedSegment;
}

function FlippedRow({ flipped, run, actions }: FlippedRowProps): JSX.Element {
  const { step, runId, phase, answer, answerChanged } = flipped;
  return (
    <li class="flipped-row">
      <button
        type="button"
        class="flipped-segment"
        onClick={() => {
          actions.selectStep(step);
        }}
      >
        <span class="flipped-text">{visibleText(run.view.steps[step]?.text.trim() ?? '')}</span>
        <span class="branch-facts">
          <span class="quiet">step {step}</span>
          {phase === 'done' ? <AnswerChange isChanged={answerChanged} /> : <span>{UNFINISHED[phase]}</span>}
          <span>{answer === null ? 'no answer' : `answer ${answer}`}</span>
        </span>
      </button>
      <IconButton
        label={`Open the branch without step ${step}`}
        path={BRANCH_PATH}
        onClick={() => {
          actions.send({ type: 'run-requested', runId });
        }}
      />
    </li>
  );
}

const UNFINISHED: Readonly<Record<Exclude<FlippedSegment['phase'], 'done'>, string>> = {
  running: 'running',
  stopped: 'stopped',
  failed: 'failed',
};
