import * as vscode from 'vscode';
import type { Branch, BranchChange } from '../../../core/branch/branch.ts';
import { MentorCollabError } from '../../../core/errors.ts';
import type { Decision, RunView } from '../../../core/view/runView.ts';
import { viewRun } from '../../../core/view/runView.ts';
import { visibleText } from '../../../core/view/visibleText.ts';
import { eventsOf } from '../../../protocol/eventsOf.ts';
import { plainLabel } from '../../plainLabel.ts';
import type { HostRun } from '../../runs/hostRun.ts';

/** How much of the text before a step is shown with it, in characters. */
const CONTEXT = 60;

interface StepItem extends vscode.QuickPickItem {
  /** Null asks for a number. */
  readonly step: number | null;
}

interface ChangeItem extends vscode.QuickPickItem {
  readonly change: BranchChange;
}

/**
 * Lets the user choose where a run should have gone another way, and which.
 *
 * @returns undefined when the user gives up.
 * @throws MentorCollabError `bad-input` when the run has no step.
 */
export async function chooseBranch(run: HostRun): Promise<Omit<Branch, 'parentRunId'> | undefined> {
  const view = viewRun(eventsOf(run.lines));
  if (view.steps.length === 0) {
    throw new MentorCollabError(
      'bad-input',
      'This run has no steps, so there is nothing to branch from. Ask it again.',
    );
  }
  const step = await chooseStep(view);
  if (step === undefined) return undefined;
  const chosen = await vscode.window.showQuickPick(changesAt(view, step, run.mentorName !== null), {
    title: `Branch at Step ${step} (2/2)`,
    placeHolder: 'What to do otherwise from there on',
  });
  return chosen && { step, change: chosen.change };
}

async function chooseStep(view: RunView): Promise<number | undefined> {
  const divergences = view.decisions.filter(({ outcome }) => outcome !== 'agreed');
  const other: StepItem = { label: '$(edit) Another step…', step: null, alwaysShow: true };
  const chosen = await vscode.window.showQuickPick<StepItem>(
    [...divergences.map((decision) => stepItem(decision, view)), other],
    {
      title: 'Branch (1/2)',
      placeHolder: 'The step from which on another way is taken',
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return chosen?.step === null ? askForStep(view.steps.length - 1) : chosen?.step;
}

function stepItem({ step, generatorWord, mentorWord, outcome }: Decision, view: RunView): StepItem {
  const start = view.segments.find((segment) => segment.step >= step)?.start ?? view.text.length;
  const before = view.text.slice(Math.max(0, start - CONTEXT), start);
  const other = mentorWord ? ` or “${visibleText(mentorWord.text)}”` : '';
  return {
    step,
    label: plainLabel(`Step ${step}: “${visibleText(generatorWord.text)}”${other}`),
    description: outcome === 'tookMentor' ? "the mentor's patch was taken" : "the generator's patch was kept",
    detail: plainLabel(`…${before.replace(/\s+/g, ' ')}`),
  };
}

async function askForStep(last: number): Promise<number | undefined> {
  const isStep = (text: string): boolean => /^\d{1,9}$/.test(text.trim()) && Number(text) <= last;
  const text = await vscode.window.showInputBox({
    title: 'Branch (1/2)',
    prompt: `Number of the step, from 0 to ${last}`,
    validateInput: (typed) => (isStep(typed) ? null : `The steps of this run are 0 to ${last}.`),
  });
  return text === undefined ? undefined : Number(text);
}

function changesAt({ decisions }: RunView, step: number, hasMentor: boolean): readonly ChangeItem[] {
  const decision = decisions.find((each) => each.step === step);
  const author = decision?.outcome === 'tookMentor' ? 'generator' : 'mentor';
  const other = author === 'mentor' ? decision?.mentorPatch : decision?.generatorPatch;
  return [
    ...(other
      ? [
          {
            label: 'Take the Other Patch',
            description: `the ${author}'s`,
            detail: plainLabel(visibleText(other.text)),
            change: { type: 'other-patch' } as const,
          },
        ]
      : []),
    ...(hasMentor ? [{ label: 'Continue without the Mentor', change: { type: 'without-mentor' } as const }] : []),
    { label: 'Continue with the Mentor', description: 'probed at every word', change: { type: 'with-mentor' } },
  ];
}
