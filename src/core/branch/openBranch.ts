import { MentorCollabError } from '../errors.ts';
import { NO_USAGE } from '../languageModel.ts';
import type { RunEvent, StepTaken } from '../runEvent.ts';
import type { Decision } from '../view/runView.ts';
import { viewRun } from '../view/runView.ts';
import type { Branch, BranchChange } from './branch.ts';

const NO_COST = { generator: NO_USAGE, mentor: NO_USAGE } as const;

/**
 * The events that a branch opens with: its parent's up to the branch's step, at no cost, and the changed step itself
 * where the change decides it. Prompts are left out: each run reads its own.
 *
 * @throws MentorCollabError `bad-input` when the parent has no such step, or nothing else to take there.
 */
export function openBranch(parent: readonly RunEvent[], { step, change }: Omit<Branch, 'parentRunId'>): RunEvent[] {
  const { steps, decisions } = viewRun(parent);
  const taken = steps[step];
  if (!taken && !(step === steps.length && isContinued(change))) {
    throw new MentorCollabError(
      'bad-input',
      `This run has no step ${step} to branch from; its steps are 0 to ${steps.length - 1}.`,
    );
  }
  const shared = parent.filter((event) => 'step' in event && event.step < step).map(atNoCost);
  if (!taken || isContinued(change)) return shared;
  const decision = decisions.find((each) => each.step === step) ?? null;
  const told = parent.filter((event) => 'step' in event && event.step === step && event.type !== 'step-taken');
  return [...shared, ...told, changedStep(taken, decision, change)];
}

function isContinued(change: BranchChange): change is Extract<BranchChange, { type: `with${string}` }> {
  return change.type === 'with-mentor' || change.type === 'without-mentor';
}

function atNoCost(event: RunEvent): RunEvent {
  return event.type === 'step-taken' ? { ...event, cost: NO_COST } : event;
}

function changedStep(
  taken: StepTaken,
  decision: Decision | null,
  change: Exclude<BranchChange, { type: `with${string}` }>,
): StepTaken {
  const rest = { ...taken, dropped: false, cost: NO_COST };
  if (change.type === 'candidate') {
    if (change.text !== '') return { ...rest, source: change.by, text: change.text, tokens: 1 };
    throw new MentorCollabError('bad-input', 'A branch can not begin with the end of the text. Choose another piece.');
  }
  const author = taken.source === 'mentor' ? 'generator' : 'mentor';
  const patch = author === 'mentor' ? decision?.mentorPatch : decision?.generatorPatch;
  if (patch) return { ...rest, source: author, text: patch.text, tokens: patch.pieces.length };
  throw new MentorCollabError(
    'bad-input',
    decision?.generatorPatch
      ? `At step ${taken.step} the generator's patch was kept by its score and the mentor wrote none, so there is no other patch to take. Choose a step at which the mentor's was taken.`
      : `At step ${taken.step} the models did not diverge, so there is no other patch to take. Choose a divergence.`,
  );
}
