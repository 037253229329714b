import type { JSX } from 'preact';
import type { RunHeader } from '../../../core/runHeader.ts';
import type { Author } from '../../../core/verification/verdict.ts';
import { changeClause } from '../../model/describeBranch.ts';
import { stepTitle, whyNotProbed, whyProbed } from '../../model/describeDecision.ts';
import type { RunPanelView } from '../../model/panelModel.ts';
import type { SelectedStep } from '../../model/selectedStep.ts';
import type { PanelActions } from '../../panelActions.ts';
import { INSPECTOR_ID } from '../../text/markElement.ts';
import { IconButton } from '../IconButton.tsx';
import { BranchActions } from './BranchActions.tsx';
import { Cost } from './Cost.tsx';
import { Patches } from './Patches.tsx';
import { Pieces } from './Pieces.tsx';
import { Verification } from './Verification.tsx';

interface InspectorProps {
  readonly run: RunPanelView;
  readonly selected: SelectedStep;
  readonly actions: PanelActions;
  /** Goes to the next decision (1) or the one before (-1). */
  readonly onStep: (by: number) => void;
  readonly onClose: () => void;
}

/** One step with everything that is known of it. */
export function Inspector({ run, selected, actions, onStep, onClose }: InspectorProps): JSX.Element {
  const { decision, step, start, change } = selected;
  const { header, view } = run;
  const context = header && verifierOf(header).promptAsSent + view.text.slice(0, start);
  return (
    <aside id={INSPECTOR_ID} class="inspector" aria-label="Decision">
      <Top title={stepTitle(selected)} onStep={onStep} onClose={onClose} />
      <BranchRemark selected={selected} />
      <p class="quiet">{decision ? whyProbed(decision.reason) : whyNotProbed(selected, header)}</p>
      {decision && <Patches decision={decision} isOverruled={change?.type === 'candidate'} />}
      {decision?.generatorPatch && (
        <Verification
          key={step}
          decision={decision}
          selected={selected}
          verification={header?.settings.verification ?? null}
          context={context}
        />
      )}
      {run.abilities.has('branch') && <BranchActions run={run} selected={selected} actions={actions} />}
      <PiecesOfBoth run={run} selected={selected} actions={actions} />
      <Cost selected={selected} />
    </aside>
  );
}

/** Who is asked by the verification: a score is the mentor's to give. */
function verifierOf({ settings, generator, mentor, verifier }: RunHeader): RunHeader['generator'] {
  return verifier ?? (settings.verification === 'score' ? mentor : null) ?? generator;
}

type TopProps = Pick<InspectorProps, 'onStep' | 'onClose'> & { readonly title: string };

function Top({ title, onStep, onClose }: TopProps): JSX.Element {
  return (
    <div class="inspector-top">
      <h2 aria-live="polite">{title}</h2>
      <div class="inspector-buttons">
        <IconButton
          label="Previous decision"
          path="M10 3L5 8l5 5"
          onClick={() => {
            onStep(-1);
          }}
        />
        <IconButton
          label="Next decision"
          path="M6 3l5 5-5 5"
          onClick={() => {
            onStep(1);
          }}
        />
        <IconButton label="Close decision" path="M4 4l8 8M12 4l-8 8" onClick={onClose} />
      </div>
    </div>
  );
}

/** Whose the step is in a branch. */
function BranchRemark({ selected }: { readonly selected: SelectedStep }): JSX.Element | null {
  const { isShared, change, taken } = selected;
  if (isShared) return <p class="branch-remark">Shared with the run that this one branches off from.</p>;
  if (!change) return null;
  const clause = changeClause(change, taken.source);
  return (
    <p class="branch-remark">
      <b>The branch begins here:</b> {clause}.
    </p>
  );
}

type PiecesOfBothProps = Pick<InspectorProps, 'run' | 'selected' | 'actions'>;

function PiecesOfBoth({ run, selected, actions }: PiecesOfBothProps): JSX.Element {
  const { decision, taken, step } = selected;
  const canUse = run.abilities.has('branch') && !run.isActive;
  const using = (by: Author): ((text: string) => void) | null =>
    canUse
      ? (text) => {
          actions.send({ type: 'branch-requested', step, change: { type: 'candidate', by, text } });
        }
      : null;
  const shared = { taken: firstPieceTaken(selected) };
  const hasMentors = decision !== null && (decision.mentorWord !== null || decision.mentorPatch !== null);
  return (
    <section class="inspector-part" aria-label="Pieces">
      <h3>{hasMentors ? 'What each model wrote, piece by piece' : 'What the generator wrote, piece by piece'}</h3>
      <div class="two-models" key={step}>
        <Pieces
          {...shared}
          emptyRemark={noCandidatesRemark(run, 'generator')}
          author="generator"
          word={taken.word}
          patch={decision?.generatorPatch ?? null}
          onUse={using('generator')}
        />
        {hasMentors && (
          <Pieces
            {...shared}
            emptyRemark={noCandidatesRemark(run, 'mentor')}
            author="mentor"
            word={decision.mentorWord}
            patch={decision.mentorPatch}
            onUse={using('mentor')}
          />
        )}
      </div>
    </section>
  );
}

/** Why a piece may have no candidates. */
function noCandidatesRemark({ header }: RunPanelView, author: Author): string {
  if (header?.formatVersion === '1.0') {
    return "Not recorded: traces of format 1.0 have the candidates of a word's first piece alone.";
  }
  const isOnServer = typeof header?.[author]?.model.server === 'string';
  return isOnServer ? "Not known: this model's server tells no candidates." : 'No candidates are known for this piece.';
}

/** What the step's text begins with already, and so is no other choice. */
function firstPieceTaken({ decision, taken, change }: SelectedStep): string {
  if (change?.type === 'candidate') return change.text;
  const patch = taken.source === 'mentor' ? decision?.mentorPatch : decision?.generatorPatch;
  return (patch ?? taken.word).pieces[0]?.text ?? '';
}
