import type { JSX } from 'preact';
import type { Usage } from '../../../core/languageModel.ts';
import { decidesStep } from '../../model/describeBranch.ts';
import { costSentence } from '../../model/describeDecision.ts';
import type { SelectedStep } from '../../model/selectedStep.ts';

/** Tokens and time that a step took in each model. */
export function Cost({ selected }: { readonly selected: SelectedStep }): JSX.Element {
  const { taken, isShared, change } = selected;
  return (
    <section class="inspector-part" aria-label="Cost">
      <h3>What this step cost</h3>
      {isShared || (change !== null && decidesStep(change)) ? (
        <p>Nothing here: it was written, and paid for, in the run that this one branches off from.</p>
      ) : (
        <dl class="cost">
          <dt>Generator</dt>
          <dd>{costSentence(taken.cost.generator)}</dd>
          <dt>Mentor</dt>
          <dd>{costOrNothing(taken.cost.mentor)}</dd>
          {taken.cost.verifier && (
            <>
              <dt>Verifier</dt>
              <dd>{costOrNothing(taken.cost.verifier)}</dd>
            </>
          )}
        </dl>
      )}
    </section>
  );
}

function costOrNothing(cost: Usage): string {
  const isNothing = cost.decoded === 0 && cost.prefilled === 0 && cost.timeMs === 0;
  return isNothing ? 'not asked' : costSentence(cost);
}
