import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { RunPanelView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';
import type { TextController } from '../text/textController.ts';
import type { StepRange } from '../text/visibleSteps.ts';
import { BranchLine } from './BranchLine.tsx';
import { Facts } from './Facts.tsx';
import { Header } from './Header.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { Failure, Notice } from './Remarks.tsx';
import { Branches } from './side/Branches.tsx';
import { InfluencePane } from './side/InfluencePane.tsx';
import { TextPane } from './TextPane.tsx';
import { Timeline } from './timeline/Timeline.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useMarkKeys } from './useMarkKeys.ts';

interface RunPanelProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
  readonly now: () => number;
  /** Shows what the keys do. */
  readonly onHelp: () => void;
}

/** One run: question, state, figures, text and what is open beside it. */
export function RunPanel({ run, actions, now, onHelp }: RunPanelProps): JSX.Element {
  const controller = useRef<TextController>(null);
  const visibleListener = useRef<(visible: StepRange | null) => void>(null);
  useMarkKeys({ run, actions, controller, onHelp });
  const { selected, state, notice } = run;
  const goBy = (by: number): void => {
    const step = controller.current?.marks.neighbour(selected?.step ?? null, by) ?? null;
    if (step !== null) actions.selectStep(step);
  };
  const close = (): void => {
    actions.selectStep(null);
    if (selected) controller.current?.marks.focus(selected.step);
  };
  const side = selected ? (
    <Inspector run={run} selected={selected} actions={actions} onStep={goBy} onClose={close} />
  ) : (
    <Side run={run} actions={actions} />
  );
  return (
    <main class="run">
      <Header run={run} actions={actions} now={now} />
      <BranchLine run={run} actions={actions} onShowDifference={() => controller.current?.revealDifference()} />
      {state.phase === 'failed' && <Failure state={state} abilities={run.abilities} actions={actions} />}
      {notice && <Notice notice={notice} actions={actions} />}
      <Facts facts={run.facts} />
      <Timeline run={run} actions={actions} text={controller} visibleListener={visibleListener} />
      <Toolbar run={run} actions={actions} />
      <div class="workspace">
        <TextPane
          run={run}
          actions={actions}
          controller={controller}
          onVisibleSteps={(visible) => visibleListener.current?.(visible)}
        />
        {side}
      </div>
    </main>
  );
}

/** What stands beside the text while no step is open. */
function Side({ run, actions }: Pick<RunPanelProps, 'run' | 'actions'>): JSX.Element | null {
  switch (run.side) {
    case 'branches':
      return run.family.length > 0 ? <Branches run={run} actions={actions} /> : null;
    case 'influence':
      return run.canWeigh ? <InfluencePane run={run} actions={actions} /> : null;
    case null:
      return null;
  }
}
