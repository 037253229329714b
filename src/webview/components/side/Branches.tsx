import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { RelatedRun, RunPhase } from '../../../protocol/panel.ts';
import { changeClause } from '../../model/describeBranch.ts';
import type { StateIcon } from '../../model/describeState.ts';
import type { RunPanelView } from '../../model/panelModel.ts';
import type { PanelActions } from '../../panelActions.ts';
import { Icon } from '../Icon.tsx';
import { AnswerChange } from './AnswerChange.tsx';
import { SidePaneFrame } from './SidePaneFrame.tsx';

const PHASES: Readonly<Record<RunPhase, { readonly icon: StateIcon; readonly text: string }>> = {
  running: { icon: 'busy', text: 'Running' },
  done: { icon: 'done', text: 'Done' },
  stopped: { icon: 'stopped', text: 'Stopped' },
  failed: { icon: 'failed', text: 'Failed' },
};

interface BranchesProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
}

/** The tree of runs that the shown one is in. */
export function Branches({ run, actions }: BranchesProps): JSX.Element {
  const { family } = run;
  const shown = family.findIndex(({ runId }) => runId === run.runId);
  const [stop, setStop] = useState(Math.max(shown, 0));
  const tree = useRef<HTMLUListElement>(null);
  const walk = (event: KeyboardEvent): void => {
    const to = goal(event.key, stop, family);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[to]?.focus();
  };
  return (
    <SidePaneFrame
      title="Branches"
      onClose={() => {
        actions.showSide(null);
      }}
    >
      <ul ref={tree} class="branches" role="tree" aria-label="Branches" onKeyDown={walk}>
        {family.map((related, index) => (
          <BranchRow
            key={related.runId}
            related={related}
            isShown={index === shown}
            isTabStop={index === Math.min(stop, family.length - 1)}
            onFocus={() => {
              setStop(index);
            }}
            onOpen={() => {
              if (index !== shown) actions.send({ type: 'run-requested', runId: related.runId });
            }}
          />
        ))}
      </ul>
    </SidePaneFrame>
  );
}

/** Where a key goes from an item of the tree; null for keys that go nowhere. */
function goal(key: string, from: number, family: readonly RelatedRun[]): number | null {
  const last = family.length - 1;
  const depth = family[from]?.depth ?? 0;
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, last);
    case 'ArrowUp':
      return Math.max(from - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowLeft':
      return depth === 0 ? null : family.findLastIndex((related, index) => index < from && related.depth < depth);
    case 'ArrowRight':
      return (family[from + 1]?.depth ?? 0) > depth ? from + 1 : null;
    default:
      return null;
  }
}

interface BranchRowProps {
  readonly related: RelatedRun;
  readonly isShown: boolean;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

function BranchRow({ related, isShown, isTabStop, onFocus, onOpen }: BranchRowProps): JSX.Element {
  const { branch, depth, phase, answer, answerChanged, title } = related;
  const what = branch && depth > 0 ? `Step ${branch.step}: ${changeClause(branch.change, null)}` : title;
  return (
    <li
      class="branch-row"
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isShown}
      tabIndex={isTabStop ? 0 : -1}
      style={{ '--depth': depth }}
      onFocus={onFocus}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen();
      }}
    >
      <span class="branch-what">{what}</span>
      <span class="branch-facts">
        <span class={`branch-state state-${PHASES[phase].icon}`}>
          <Icon name={PHASES[phase].icon} />
          {PHASES[phase].text}
        </span>
        {phase !== 'running' && <span>{answer === null ? 'no answer' : `answer ${answer}`}</span>}
        {answerChanged !== null && <AnswerChange isChanged={answerChanged} />}
        {isShown && <b>on show</b>}
      </span>
    </li>
  );
}
