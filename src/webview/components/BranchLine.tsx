import type { JSX } from 'preact';
import type { Branch } from '../../core/branch/branch.ts';
import { answerSentence, changeClause } from '../model/describeBranch.ts';
import type { RunPanelView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';

interface BranchLineProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
  readonly onShowDifference: () => void;
}

/** What a branch branches off from, what it changed and what came of it; nothing for a run of its own. */
export function BranchLine({ run, actions, onShowDifference }: BranchLineProps): JSX.Element | null {
  const branch = branchOf(run);
  if (!branch) return null;
  const { parent } = run;
  const source = run.view.steps[branch.step]?.source ?? null;
  const result = resultOf(run);
  return (
    <section class="branch-line" aria-label="Branch">
      <p>
        Branch of {parentName(run)} from step {branch.step}: {changeClause(branch.change, source)}.
        {result !== null && <b> {result}</b>}
      </p>
      {parent && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            actions.send({ type: 'run-requested', runId: parent.runId });
          }}
        >
          Open Parent
        </button>
      )}
      {run.firstDifference !== null && run.textView === 'words' && (
        <button type="button" class="link-button" onClick={onShowDifference}>
          Show First Difference
        </button>
      )}
    </section>
  );
}

/** The trace says it; before its first line has come, the tree of runs does. */
function branchOf({ header, family, runId }: RunPanelView): Branch | null {
  return header ? header.branch : (family.find((related) => related.runId === runId)?.branch ?? null);
}

function parentName({ parent, family }: RunPanelView): string {
  if (!parent) return 'a run that is no longer kept';
  const title = family.find((related) => related.runId === parent.runId)?.title;
  return title === undefined ? 'another run' : `“${shortened(title)}”`;
}

function resultOf({ parent, view, isActive, firstDifference, hasMore }: RunPanelView): string | null {
  if (!parent || isActive || hasMore || !view.ended) return null;
  const answer = answerSentence(parent.answer, view.ended.answer);
  return firstDifference === null ? `The text is the same. ${answer}` : answer;
}

/** Titles are questions unless the user gave one; their beginning tells them apart. */
const MOST_CHARACTERS = 60;

function shortened(title: string): string {
  return title.length > MOST_CHARACTERS ? `${title.slice(0, MOST_CHARACTERS).trimEnd()}…` : title;
}
