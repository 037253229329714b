import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { Question } from '../../components/Question.tsx';
import type { CompareActions } from '../compareActions.ts';
import type { ComparisonView } from '../model/comparisonModel.ts';
import { CompareFooter } from './CompareFooter.tsx';
import { CompareProgress } from './CompareProgress.tsx';
import { DifferenceBar } from './DifferenceBar.tsx';
import { FiguresTable } from './FiguresTable.tsx';
import { TextColumns } from './TextColumns.tsx';

interface CompareAppProps {
  /** Null until the host has said what to show. */
  readonly view: ComparisonView | null;
  readonly actions: CompareActions;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
}

/** A whole comparison. */
export function CompareApp({ view, actions, now }: CompareAppProps): JSX.Element | null {
  useDifferenceKeys(actions);
  if (!view) return null;
  if (view.columns.length === 0) return <NothingLeft />;
  return (
    <main class="comparison">
      <header class="comparison-header">
        <Question text={view.question ?? 'Runs of different questions'} />
        <CompareProgress progress={view.progress} columns={view.columns} actions={actions} />
      </header>
      {remarksOf(view).map((remark) => (
        <p key={remark} class="comparison-remark">
          {remark}
        </p>
      ))}
      <FiguresTable view={view} actions={actions} />
      <DifferenceBar view={view} actions={actions} />
      <TextColumns view={view} actions={actions} now={now} />
      <CompareFooter status={view.status} actions={actions} />
    </main>
  );
}

/** What is to be said of the runs, each thing once. */
function remarksOf({ columns }: ComparisonView): readonly string[] {
  return [...new Set(columns.map(({ column }) => column.remark))].filter((remark) => remark !== null);
}

/** Keys that go to a difference; the letters are those that go to a mark in the panel. */
function useDifferenceKeys(actions: CompareActions): void {
  // Not after the next paint: a key pressed before it would be lost.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLElement && event.target.matches('input:not([type="checkbox"]), textarea, select'))
        return;
      const by = event.key === 'F7' ? (event.shiftKey ? -1 : 1) : event.key === 'n' ? 1 : event.key === 'p' ? -1 : null;
      if (by === null) return;
      event.preventDefault();
      actions.goBy(by);
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
    };
  }, [actions]);
}

function NothingLeft(): JSX.Element {
  return (
    <main class="welcome">
      <h1>Nothing to compare</h1>
      <p>The runs that were compared here are no longer kept. Compare others from the Runs view or the palette.</p>
    </main>
  );
}
