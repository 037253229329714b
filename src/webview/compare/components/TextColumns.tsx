import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { CompareActions } from '../compareActions.ts';
import { alignedOffset } from '../model/alignment.ts';
import type { ComparisonView } from '../model/comparisonModel.ts';
import type { OpenText } from '../text/openText.ts';
import { ScrollTogether } from '../text/scrollTogether.ts';
import { TextColumn } from './TextColumn.tsx';

interface TextColumnsProps {
  readonly view: ComparisonView;
  readonly actions: CompareActions;
  readonly now: () => number;
}

/** The texts side by side; one under the other where there is no room. */
export function TextColumns({ view, actions, now }: TextColumnsProps): JSX.Element {
  const texts = useRef(new Map<string, OpenText>());
  const together = useRef<ScrollTogether>(null);
  const latest = useRef(view);
  latest.current = view;
  const shownRuns = view.columns.map(keyOf).join(' ');

  useLayoutEffect(() => {
    const open = latest.current.columns.map(({ column }) => texts.current.get(column.columnId));
    const created = new ScrollTogether(
      open.filter((text) => text !== undefined),
      (offset, from, to) => alignedIn(latest.current, { offset, from, to }),
    );
    together.current = created;
    return () => {
      created.dispose();
    };
  }, [shownRuns]);
  useLayoutEffect(() => {
    const isComplete = !view.columns.some(({ isActive }) => isActive);
    if (together.current) together.current.isOn = view.choices.isSynchronised && isComplete;
  });
  const { place, choices } = view;
  useLayoutEffect(() => {
    const { places } = latest.current;
    const wanted = place === null ? undefined : places[place];
    for (const [columnId, { text, scroller }] of texts.current) {
      const isHere = wanted?.columnId === columnId;
      const element = text.markCurrent(isHere ? wanted.difference : null);
      if (!element) continue;
      element.focus({ preventScroll: true });
      scroller.scrollTop = element.offsetTop - scroller.clientHeight / 2;
      element.scrollIntoView({ block: 'nearest' });
    }
  }, [place, choices.reference]);

  return (
    <div class={`text-columns has-${view.columns.length}${choices.showsMissing ? '' : ' hides-missing'}`}>
      {view.columns.map((column) => (
        <TextColumn
          key={keyOf(column)}
          view={column}
          texts={texts.current}
          showsQuestion={view.question === null}
          actions={actions}
          now={now}
        />
      ))}
    </div>
  );
}

function keyOf({ column: { columnId, runId } }: ComparisonView['columns'][number]): string {
  return `${columnId}:${runId ?? ''}`;
}

/** Where the word at an offset of one column stands in another: by way of the reference. */
function alignedIn(
  { columns }: ComparisonView,
  { offset, from, to }: { readonly offset: number; readonly from: number; readonly to: number },
): number {
  const [source, target] = [columns[from], columns[to]];
  const inReference = source?.difference ? alignedOffset(source.difference.stretches, offset, 'text') : offset;
  return target?.difference ? alignedOffset(target.difference.stretches, inReference, 'reference') : inReference;
}
