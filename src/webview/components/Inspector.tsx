import type { JSX } from 'preact';
import type { StepTaken } from '../../core/runEvent.ts';
import type { Decision } from '../../core/view/runView.ts';
import type { SelectedStep } from '../model/selectedStep.ts';
import { costSentence, stepTitle, verdictSentence, whyProbed } from '../model/describeDecision.ts';
import { INSPECTOR_ID } from '../text/markElement.ts';
import { LogOdds } from './LogOdds.tsx';
import { Patches } from './Patches.tsx';
import { Probabilities } from './Probabilities.tsx';

interface InspectorProps {
  readonly selected: SelectedStep;
  /** Goes to the next decision (1) or the one before (-1). */
  readonly onStep: (by: number) => void;
  readonly onClose: () => void;
}

/** One step with everything that is known of it. */
export function Inspector({ selected, onStep, onClose }: InspectorProps): JSX.Element {
  const { decision, taken } = selected;
  return (
    <aside id={INSPECTOR_ID} class="inspector" aria-label="Decision">
      <div class="inspector-top">
        <h2 aria-live="polite">{stepTitle(selected)}</h2>
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
      {decision && <p class="quiet">{whyProbed(decision.reason)}</p>}
      {decision && <Patches decision={decision} />}
      {decision && decision.outcome !== 'agreed' && <Verification decision={decision} />}
      <section class="inspector-part" aria-label="Next pieces">
        <h3>{decision ? 'What each model would write next' : 'What the generator would write next'}</h3>
        <div class="two-models">
          <Probabilities author="generator" word={taken.word} />
          {decision && <Probabilities author="mentor" word={decision.mentorWord} />}
        </div>
      </section>
      <Cost cost={taken.cost} />
    </aside>
  );
}

function Verification({ decision }: { readonly decision: Decision }): JSX.Element {
  return (
    <section class="inspector-part" aria-label="Verification">
      <h3>Verification</h3>
      <p>{verdictSentence(decision)}</p>
      {decision.score !== null && <LogOdds score={decision.score} letters={decision.choice?.letters ?? []} />}
      {decision.suffix !== null && (
        <details class="verification-prompt">
          <summary>The verification prompt as sent</summary>
          <p class="quiet">It stands behind the question and the text so far.</p>
          <pre>{decision.suffix.replace(/^\n/, '')}</pre>
        </details>
      )}
    </section>
  );
}

function Cost({ cost }: { readonly cost: StepTaken['cost'] }): JSX.Element {
  return (
    <section class="inspector-part" aria-label="Cost">
      <h3>What this step cost</h3>
      <dl class="cost">
        <dt>Generator</dt>
        <dd>{costSentence(cost.generator)}</dd>
        <dt>Mentor</dt>
        <dd>{costSentence(cost.mentor)}</dd>
      </dl>
    </section>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly path: string;
  readonly onClick: () => void;
}

function IconButton({ label, path, onClick }: IconButtonProps): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={path} />
      </svg>
    </button>
  );
}
