import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { RunPanelView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';
import type { TextController } from '../text/textController.ts';
import { Facts } from './Facts.tsx';
import { Header } from './Header.tsx';
import { Inspector } from './Inspector.tsx';
import { Failure, Notice } from './Remarks.tsx';
import { TextPane } from './TextPane.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useMarkKeys } from './useMarkKeys.ts';

interface RunPanelProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
  readonly now: () => number;
}

/** One run: question, state, figures, text and the decision that is open. */
export function RunPanel({ run, actions, now }: RunPanelProps): JSX.Element {
  const controller = useRef<TextController>(null);
  useMarkKeys(run, actions, controller);
  const { selected, state, notice } = run;
  const goBy = (by: number): void => {
    const step = controller.current?.marks.neighbour(selected?.step ?? null, by) ?? null;
    if (step !== null) actions.selectStep(step);
  };
  const close = (): void => {
    actions.selectStep(null);
    if (selected) controller.current?.marks.focus(selected.step);
  };
  return (
    <main class="run">
      <Header run={run} actions={actions} now={now} />
      {state.phase === 'failed' && <Failure state={state} actions={actions} />}
      {notice && <Notice notice={notice} actions={actions} />}
      <Facts facts={run.facts} />
      <Toolbar run={run} actions={actions} />
      <div class={selected ? 'workspace has-inspector' : 'workspace'}>
        <TextPane run={run} actions={actions} controller={controller} />
        {selected && <Inspector selected={selected} onStep={goBy} onClose={close} />}
      </div>
    </main>
  );
}
