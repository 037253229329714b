import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RunPanelView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';
import { stepOfEvent } from '../text/markElement.ts';
import { TextController } from '../text/textController.ts';
import type { StepRange } from '../text/visibleSteps.ts';

interface TextPaneProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
  /** Where the controller is left for those who walk the marks. */
  readonly controller: RefObject<TextController>;
  /** Told when other steps than before can be seen; null when none can. */
  readonly onVisibleSteps?: (visible: StepRange | null) => void;
}

/** The text in its two views; one run for the component's whole life. */
export function TextPane({ run, actions, controller, onVisibleSteps }: TextPaneProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const rendered = useRef<HTMLDivElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const visibleSteps = useRef(onVisibleSteps);
  visibleSteps.current = onVisibleSteps;

  useLayoutEffect(() => {
    if (!scroller.current || !words.current || !rendered.current) return;
    const elements = { scroller: scroller.current, words: words.current, rendered: rendered.current };
    const created = new TextController(elements, {
      onFollowing: setFollowing,
      onVisibleSteps: (visible) => visibleSteps.current?.(visible),
    });
    controller.current = created;
    return () => {
      controller.current = null;
      created.dispose();
    };
  }, [controller]);
  useLayoutEffect(() => {
    controller.current?.update(run);
  });

  return (
    <section class="text-pane" aria-label="Reasoning">
      <div
        ref={scroller}
        class="text-scroller"
        onClick={(event) => {
          const step =
            stepOfEvent(event.target) ?? controller.current?.stepAtPoint(event.clientX, event.clientY) ?? null;
          // A click that ends a selection of text is not meant for the word under it.
          if (step === null || getSelection()?.isCollapsed === false) return;
          actions.selectStep(run.selected?.step === step ? null : step);
        }}
      >
        <div ref={words} class="words" hidden={run.textView !== 'words'} />
        <div ref={rendered} class="rendered" hidden={run.textView !== 'rendered'} />
        {run.view.segments.length === 0 && <p class="remark">{emptyRemark(run)}</p>}
        {run.hasMore && <More actions={actions} />}
      </div>
      {run.isActive && !isFollowing && (
        <button type="button" class="button follow" onClick={() => controller.current?.followAgain()}>
          ↓ Follow the Text
        </button>
      )}
    </section>
  );
}

/** Where a long trace goes on behind what has been read of it. */
function More({ actions }: Pick<TextPaneProps, 'actions'>): JSX.Element {
  return (
    <p class="remark">
      The run goes on.{' '}
      <button
        type="button"
        class="button"
        onClick={() => {
          actions.send({ type: 'more-requested' });
        }}
      >
        Show More
      </button>
    </p>
  );
}

function emptyRemark(run: RunPanelView): string {
  if (run.isActive) return 'The text appears here, word by word.';
  return run.state.phase === 'done' ? 'The text is empty.' : 'Nothing was written before the run ended.';
}
