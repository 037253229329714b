import type { JSX } from 'preact';
import type { CompareActions } from '../compareActions.ts';
import type { ColumnView, ComparisonView } from '../model/comparisonModel.ts';

interface DifferenceBarProps {
  readonly view: ComparisonView;
  readonly actions: CompareActions;
}

/** Walking the differences, and how they are seen. */
export function DifferenceBar({ view, actions }: DifferenceBarProps): JSX.Element {
  const { places, columns, choices } = view;
  const hasNone = places.length === 0;
  return (
    <div class="difference-bar" role="group" aria-label="Differences">
      <button
        type="button"
        class="button"
        disabled={hasNone}
        title="Previous difference (p, Shift+F7)"
        onClick={() => {
          actions.goBy(-1);
        }}
      >
        ↑ Previous
      </button>
      <button
        type="button"
        class="button"
        disabled={hasNone}
        title="Next difference (n, F7)"
        onClick={() => {
          actions.goBy(1);
        }}
      >
        ↓ Next
      </button>
      <p role="status" class="difference-count">
        {countInWords(view)}
      </p>
      <ReferenceChoice view={view} actions={actions} />
      <Toggle
        label="Scroll together"
        isOn={choices.isSynchronised}
        onChange={(isSynchronised) => {
          actions.choose({ isSynchronised });
        }}
      />
      <Toggle
        label="Show missing words"
        isOn={choices.showsMissing}
        onChange={(showsMissing) => {
          actions.choose({ showsMissing });
        }}
      />
      {columns.map((each) => (
        <CoarseRemark key={each.column.columnId} column={each} />
      ))}
    </div>
  );
}

/** Which column the others are measured against. */
function ReferenceChoice({ view: { columns }, actions }: DifferenceBarProps): JSX.Element {
  return (
    <label>
      Compared with{' '}
      <select
        value={columns.find(({ isReference }) => isReference)?.column.columnId ?? ''}
        onChange={({ currentTarget }) => {
          actions.choose({ reference: currentTarget.value });
        }}
      >
        {columns.map(({ column: { columnId, title } }) => (
          <option key={columnId} value={columnId}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Toggle({ label, isOn, onChange }: ToggleProps): JSX.Element {
  return (
    <label>
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.checked);
        }}
      />{' '}
      {label}
    </label>
  );
}

/** Says so where the words were too many, or too different, to be compared one by one. */
function CoarseRemark({ column: { column, difference } }: { readonly column: ColumnView }): JSX.Element | null {
  if (!difference || difference.unit === 'word') return null;
  const unit = difference.unit === 'paragraph' ? 'compared paragraph by paragraph' : 'marked as different as a whole';
  return (
    <p class="quiet">
      {column.title}: too much differs to compare it word by word, so it is {unit}.
    </p>
  );
}

function countInWords({ places, place, columns }: ComparisonView): string {
  if (!columns.some(({ difference }) => difference)) return 'Differences are marked once the texts are complete';
  if (places.length === 0) return 'No differences';
  const all = `${places.length.toLocaleString('en')} difference${places.length === 1 ? '' : 's'}`;
  return place === null ? all : `Difference ${place + 1} of ${places.length.toLocaleString('en')}`;
}
