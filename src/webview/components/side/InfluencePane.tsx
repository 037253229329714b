import type { JSX } from 'preact';
import { mentorSteps } from '../../../core/view/mentorSteps.ts';
import type { FlippedSegment, Influence } from '../../../protocol/panel.ts';
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
  const total = influence?.total ?? mentorSteps(run.view).length;
  return (
    <SidePaneFrame
      title="Which intervention mattered?"
      onClose={() => {
        actions.showSide(null);
      }}
    >
      <p class="quiet">
        {total === 1
          ? 'The mentor’s one patch is left out'
          : `Each of the mentor’s ${total} patches is left out in turn`}
        : the generator’s is taken instead and the run finished. Where the answer changes, the mentor’s words mattered.
      </p>
      {influence && <Progress influence={influence} actions={actions} />}
      {influence?.phase !== 'running' && influence?.phase !== 'done' && (
        <button
          type="button"
          class="button button-primary"
          onClick={() => {
            actions.send({ type: 'influence-requested' });
          }}
        >
          {influence ? 'Go On' : 'Find Out'}
        </button>
      )}
      {influence && influence.flipped.length > 0 && <Ranking influence={influence} run={run} actions={actions} />}
    </SidePaneFrame>
  );
}

function Progress({ influence, actions }: { influence: Influence; actions: PanelActions }): JSX.Element {
  const { phase, total, flipped, message } = influence;
  const ended = flipped.filter((each) => each.phase === 'done');
  const changed = ended.filter(({ answerChanged }) => answerChanged).length;
  const count = `${ended.length} of ${total} flipped`;
  return (
    <div class="influence-progress">
      <p role="status">{phase === 'done' ? `${changed} of ${total} changed the answer.` : `${count}${ENDS[phase]}`}</p>
      {phase === 'running' && (
        <>
          <progress max={total} value={ended.length} aria-label={count} />
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

function Ranking({ influence, run, actions }: InfluencePaneProps & { readonly influence: Influence }): JSX.Element {
  const { flipped } = influence;
  return (
    <>
      <ol class="flipped" aria-label="Interventions, those that changed the answer first">
        {flipped.map((each) => (
          <FlippedRow key={each.step} flipped={each} run={run} actions={actions} />
        ))}
      </ol>
      {flipped.length > 1 && <p class="quiet">Changed answers come first, then the same ones; within each by step.</p>}
    </>
  );
}

interface FlippedRowProps extends InfluencePaneProps {
  readonly flipped: FlippedSegment;
}

function FlippedRow({ flipped, run, actions }: FlippedRowProps): JSX.Element {
  const { step, runId, phase, answerChanged } = flipped;
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
          {phase !== 'running' && <span>{describeAnswer(flipped, run.view.ended?.answer ?? null)}</span>}
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

/** The answer without the intervention; another one beside the run's own. */
function describeAnswer({ answer, answerChanged }: FlippedSegment, before: string | null): string {
  const after = answer === null ? 'no answer' : `answer ${answer}`;
  return answerChanged ? `${after}, not ${before ?? 'none'}` : after;
}

const UNFINISHED: Readonly<Record<Exclude<FlippedSegment['phase'], 'done'>, string>> = {
  running: 'running…',
  stopped: 'stopped',
  failed: 'failed',
};
