import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { RunState } from '../../components/RunState.tsx';
import { describeState } from '../../model/describeState.ts';
import { FollowTheEnd } from '../../text/followTheEnd.ts';
import type { CompareActions } from '../compareActions.ts';
import type { ColumnView } from '../model/comparisonModel.ts';
import { ColumnText } from '../text/columnText.ts';
import type { OpenText } from '../text/openText.ts';
import { openText } from '../text/openText.ts';

interface TextColumnProps {
  readonly view: ColumnView;
  /** Where the column leaves its text, by its id, for what concerns all columns. */
  readonly texts: Map<string, OpenText>;
  /** Whether its question is told, since the columns have different ones. */
  readonly showsQuestion: boolean;
  readonly actions: CompareActions;
  readonly now: () => number;
}

/** One run of the comparison and its text; one run for the component's whole life. */
export function TextColumn({ view, texts, showsQuestion, actions, now }: TextColumnProps): JSX.Element {
  const { column, model, difference, isActive } = view;
  const { columnId, runId, state } = column;
  const scroller = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const parts = useRef<{ readonly text: ColumnText; readonly follow: FollowTheEnd }>(null);

  useLayoutEffect(() => {
    if (!scroller.current || !words.current) return;
    const text = new ColumnText(words.current);
    const follow = new FollowTheEnd({ scroller: scroller.current, text: words.current }, () => undefined);
    parts.current = { text, follow };
    const opened = openText(scroller.current, words.current, text);
    texts.set(columnId, opened);
    return () => {
      follow.dispose();
      // The next run of this column may have taken the place already.
      if (texts.get(columnId) === opened) texts.delete(columnId);
    };
  }, [columnId, texts]);
  useLayoutEffect(() => {
    parts.current?.follow.setActive(isActive);
    if (parts.current?.text.show(model.view, difference)) parts.current.follow.textChanged();
  });

  return (
    <section class="text-column" aria-label={column.title}>
      <ColumnHeading view={view} showsQuestion={showsQuestion} now={now} />
      <div ref={scroller} class="text-scroller" tabIndex={0} role="region" aria-label={`Text: ${column.title}`}>
        <div ref={words} class="words" />
        {model.view.segments.length === 0 && <p class="quiet">{emptyRemark(view)}</p>}
        {state?.phase === 'failed' && <p class="column-failure">{state.message}</p>}
      </div>
      {runId !== null && !isActive && model.header !== null && (
        <button
          type="button"
          class="button button-quiet"
          aria-label={`Open in Panel: ${column.title}`}
          onClick={() => {
            actions.send({ type: 'run-requested', runId });
          }}
        >
          Open in Panel
        </button>
      )}
    </section>
  );
}

function ColumnHeading({
  view,
  showsQuestion,
  now,
}: Pick<TextColumnProps, 'view' | 'showsQuestion' | 'now'>): JSX.Element {
  const { column, model, isReference } = view;
  const { state, generatorName, mentorName, detail } = column;
  const models = mentorName === null ? generatorName : `${generatorName} with ${mentorName}`;
  return (
    <header class="column-heading">
      <h2>
        {column.title}
        {isReference && <span class="quiet"> (reference)</span>}
      </h2>
      {showsQuestion && (
        <p class="column-question" title={column.question}>
          {column.question}
        </p>
      )}
      {state ? (
        <RunState description={describeState({ ...column, state, ended: model.view.ended })} now={now} />
      ) : (
        <p class="quiet">Waits for its turn</p>
      )}
      <p class="quiet">{[models, detail].filter((part) => part !== null).join(' · ')}</p>
    </header>
  );
}

function emptyRemark({ column: { state }, isActive }: ColumnView): string {
  if (state === null) return 'Not run yet.';
  if (isActive) return 'The text appears here, word by word.';
  return state.phase === 'done' ? 'The text is empty.' : 'Nothing was written before the run ended.';
}
