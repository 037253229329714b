import type { JSX } from 'preact';
import type { BranchChange } from '../../../core/branch/branch.ts';
import type { RunPanelView } from '../../model/panelModel.ts';
import type { SelectedStep } from '../../model/selectedStep.ts';
import type { PanelActions } from '../../panelActions.ts';

interface BranchActionsProps {
  readonly run: RunPanelView;
  readonly selected: SelectedStep;
  readonly actions: PanelActions;
}

/** What could have been done otherwise at a step: each makes a new run that shares everything before it. */
export function BranchActions({ run, selected, actions }: BranchActionsProps): JSX.Element {
  const { decision, step } = selected;
  const hasOtherPatch = decision?.generatorPatch != null && decision.mentorPatch !== null;
  const hasMentor = run.mentorName !== null;
  const button = (label: string, change: BranchChange): JSX.Element => (
    <button
      type="button"
      class="button"
      disabled={run.isActive}
      aria-describedby="branch-remark"
      onClick={() => {
        actions.send({ type: 'branch-requested', step, change });
      }}
    >
      {label}
    </button>
  );
  return (
    <section class="inspector-part branch-actions" aria-label="What if?">
      <h3>What if?</h3>
      {hasOtherPatch && button('Take the other patch from here', { type: 'other-patch' })}
      {hasMentor && button('Continue from here without the mentor', { type: 'without-mentor' })}
      {hasMentor && button('Continue from here with the mentor', { type: 'with-mentor' })}
      <p id="branch-remark" class="quiet">
        {run.isActive
          ? 'Possible once the run is over.'
          : 'A branch is a new run that shares the text before this step. “With the mentor” probes it at every word. Any candidate below can be taken too.'}
      </p>
    </section>
  );
}
