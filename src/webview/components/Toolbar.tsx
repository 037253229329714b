import type { JSX } from 'preact';
import type { PanelMessage, SidePane } from '../../protocol/panel.ts';
import type { RunPanelView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';
import type { TextView } from '../savedState.ts';
import type { MenuItem } from './Menu.tsx';
import { Menu } from './Menu.tsx';

interface ToolbarProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
}

/** The choice of what is on show, and what can be done with the solution. */
export function Toolbar({ run, actions }: ToolbarProps): JSX.Element {
  const all = solutionActions(run);
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
        {all
          .filter(({ place }) => place !== 'menu')
          .map(({ label, message, isEnabled, place }) => (
            <button
              key={label}
              type="button"
              class={place === 'wide' ? 'button button-quiet when-wide' : 'button button-quiet'}
              disabled={!isEnabled}
              onClick={() => {
                actions.send(message);
              }}
            >
              {label}
            </button>
          ))}
        <Menu label="More" items={menuItems(all, actions)} />
      </div>
    </div>
  );
}

interface SolutionAction {
  readonly label: string;
  readonly message: PanelMessage;
  readonly isEnabled: boolean;
  /** Always a button, a button where there is room, or only in the menu. */
  readonly place: 'bar' | 'wide' | 'menu';
}

/** What can be done with the solution of a run, in the order in which it is shown. */
function solutionActions({ abilities, canReplace, header, isActive, parent, view }: RunPanelView): SolutionAction[] {
  const hasText = view.text.trim() !== '';
  const hasAnswer = (view.ended?.answer ?? null) !== null;
  const isOver = hasText && !isActive;
  const action = (
    label: string,
    message: PanelMessage,
    isEnabled: boolean,
    place: SolutionAction['place'] = 'bar',
  ): SolutionAction => ({ label, message, isEnabled, place });
  return [
    action('Copy', { type: 'copy-requested', part: 'text' }, hasText),
    action('Copy Answer', { type: 'copy-requested', part: 'answer' }, hasAnswer, 'wide'),
    action('Copy with Annotations', { type: 'copy-requested', part: 'annotated' }, hasText, 'menu'),
    abilities.has('insert') && action('Insert at Cursor', { type: 'insert-requested', part: 'text' }, isOver),
    canReplace && action('Replace Selection', { type: 'replace-requested', part: 'text' }, isOver),
    abilities.has('ask') && action('Ask Again', { type: 'retry-requested' }, !isActive, 'menu'),
    abilities.has('compare') && action('Compare', { type: 'compare-requested', with: 'arms' }, !isActive, 'wide'),
    abilities.has('compare') &&
      parent !== null &&
      action('Compare with Parent', { type: 'compare-requested', with: 'parent' }, !isActive, 'menu'),
    action('Export…', { type: 'export-requested' }, header !== null, 'wide'),
    abilities.has('keep') && action('Keep in Runs', { type: 'keep-requested' }, !isActive),
  ].filter((each) => each !== false);
}

function menuItems(all: readonly SolutionAction[], actions: PanelActions): readonly MenuItem[] {
  return all
    .filter(({ place }) => place !== 'bar')
    .map(({ label, message, isEnabled, place }) => ({
      label,
      isEnabled,
      isForNarrow: place === 'wide',
      onChoose: () => {
        actions.send(message);
      },
    }));
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
