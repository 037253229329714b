import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { VerificationName } from '../../../core/verification/verificationPolicy.ts';
import type { Decision } from '../../../core/view/runView.ts';
import { verdictSentence } from '../../model/describeDecision.ts';
import type { SelectedStep } from '../../model/selectedStep.ts';
import { LogOdds } from './LogOdds.tsx';

interface VerificationProps {
  readonly decision: Decision;
  readonly selected: SelectedStep;
  /** How the run verifies; null while its first line has not come. */
  readonly verification: VerificationName | null;
  /** The verifier's prompt as sent and the text before the step; null while the run's first line has not come. */
  readonly context: string | null;
}

/** What the verifier said of two patches, with its numbers and the prompt that it was given. */
export function Verification({ decision, selected, verification, context }: VerificationProps): JSX.Element {
  return (
    <section class="inspector-part" aria-label="Verification">
      <h3>Verification</h3>
      <p>{verdictSentence(decision, selected, verification)}</p>
      {decision.score !== null && <LogOdds score={decision.score} letters={decision.choice?.letters ?? []} />}
      {decision.suffix !== null && context !== null && <SentPrompt context={context} suffix={decision.suffix} />}
    </section>
  );
}

/** The whole prompt; long, and so only there once it is unfolded. */
function SentPrompt({ context, suffix }: { readonly context: string; readonly suffix: string }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const prompt = useRef<HTMLPreElement>(null);
  return (
    <details
      class="verification-prompt"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>The verification prompt as sent</summary>
      {isOpen && (
        <>
          <div class="prompt-head">
            <p class="quiet">Question and text so far, then, underlined, what the verifier is asked.</p>
            <button
              type="button"
              class="link-button"
              onClick={() => {
                if (prompt.current) getSelection()?.selectAllChildren(prompt.current);
              }}
            >
              Select All
            </button>
          </div>
          <pre ref={prompt} tabIndex={0} aria-label="Verification prompt">
            <span class="prompt-context">{context}</span>
            <span class="prompt-suffix">{suffix}</span>
          </pre>
        </>
      )}
    </details>
  );
}
