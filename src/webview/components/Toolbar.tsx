import type { JSX } from 'preact';
import type { PanelMessage } from '../../protocol/panel.ts';
import type { RunPanelView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';
import type { SidePane, TextView } from '../savedState.ts';
import type { MenuItem } from './Menu.tsx';
import { Menu } from './Menu.tsx';

interface ToolbarProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
}

/** The choice of what is on show, and what can be done with the solution. */
export function Toolbar({ run, actions }: ToolbarProps): JSX.Element {
  const hasText = run.view.text.trim() !== '';
  const hasAnswer = (run.view.ended?.answer ?? null) !== null;
  const isOver = hasText && !run.isActive;
  const button = (label: string, message: PanelMessage, isEnabled: boolean): JSX.Element => (
    <button
      type="button"
      class="button button-quiet"
      disabled={!isEnabled}
      onClick={() => {
        actions.send(message);
      }}
    >
      {label}
    </button>
  );
  return (
    <div class="toolbar">
      <div class="toolbar-views">
        <div class="views" role="group" aria-label="View of the text">
          <ViewButton view="words" label="Words" run={run} actions={actions} />
          <ViewButton view="rendered" label="Rendered" run={run} actions={actions} />
        </div>
        {run.family.length > 0 && <SideButton side="branches" label="Branches" run={run} actions={actions} />}
        {run.canWeigh && <SideButton side="influence" label="What Mattered?" run={run} actions={actions} />}
      </div>
      <div class="solution-actions" role="group" aria-label="Solution">
        {button('Copy', { type: 'copy-requested', part: 'text' }, hasText)}
        {button('Copy Answer', { type: 'copy-requested', part: 'answer' }, hasAnswer)}
        {run.abilities.has('insert') && button('Insert at Cursor', { type: 'insert-requested', part: 'text' }, isOver)}
        {run.canReplace && button('Replace Selection', { type: 'replace-requested', part: 'text' }, isOver)}
        {run.abilities.has('compare') && button('Compare', { type: 'compare-requested', with: 'arms' }, !run.isActive)}
        {button('Export…', { type: 'export-requested' }, run.header !== null)}
        {run.abilities.has('keep') && button('Keep in Runs', { type: 'keep-requested' }, !run.isActive)}
        <Menu label="More" items={rareActions(run, actions, hasText)} />
      </div>
    </div>
  );
}

function rareActions(
  { abilities, isActive, parent }: RunPanelView,
  actions: PanelActions,
  hasText: boolean,
): MenuItem[] {
  const item = (label: string, message: PanelMessage, isEnabled: boolean): MenuItem => ({
    label,
    isEnabled,
    onChoose: () => {
      actions.send(message);
    },
  });
  return [
    item('Copy with Annotations', { type: 'copy-requested', part: 'annotated' }, hasText),
    ...(abilities.has('ask') ? [item('Ask Again', { type: 'retry-requested' }, !isActive)] : []),
    ...(abilities.has('compare') && parent
      ? [item('Compare with Parent', { type: 'compare-requested', with: 'parent' }, true)]
      : []),
  ];
}

interface SideButtonProps extends ToolbarProps {
  readonly side: SidePane;
  readonly label: string;
}

function SideButton({ side, label, run, actions }: SideButtonProps): JSX.Element {
  const isShown = run.side === side && run.selected === null;
  return (
    <button
      type="button"
      class="button button-quiet side-button"
      aria-pressed={isShown}
      onClick={() => {
        actions.showSide(isShown ? null : side);
      }}
    >
      {label}
    </button>
  );
}

interface ViewButtonProps extends ToolbarProps {
  readonly view: TextView;
  readonly label: string;
}

function ViewButton({ view, label, run, actions }: ViewButtonProps): JSX.Element {
  const isWaiting = view === 'rendered' && run.isActive;
  return (
    <button
      type="button"
      class="view-button"
      aria-pressed={run.textView === view}
      disabled={isWaiting}
      title={isWaiting ? 'Rendered once the text is complete' : undefined}
      onClick={() => {
        actions.chooseView(view);
      }}
    >
      {label}
    </button>
  );
}
