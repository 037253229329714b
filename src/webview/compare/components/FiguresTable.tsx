import type { JSX } from 'preact';
import type { CompareActions } from '../compareActions.ts';
import type { ComparisonView } from '../model/comparisonModel.ts';
import type { FigureCell, FigureGroup } from '../model/figures.ts';
import { figuresMarkdown } from '../model/figuresMarkdown.ts';

interface FiguresTableProps {
  readonly view: ComparisonView;
  readonly actions: CompareActions;
}

/** The figures of all runs in one table. */
export function FiguresTable({ view, actions }: FiguresTableProps): JSX.Element {
  const titles = view.columns.map(({ column }) => column.title);
  return (
    <details class="figures" open>
      <summary>Figures</summary>
      <div class="figures-scroller" tabIndex={0} role="region" aria-label="Figures">
        <table class={`has-${view.columns.length}`}>
          <thead>
            <tr>
              <td colSpan={2} />
              {view.columns.map(({ column: { columnId, title }, isReference }) => (
                <th key={columnId} scope="col">
                  {title}
                  {isReference && <span class="quiet"> (reference)</span>}
                </th>
              ))}
            </tr>
          </thead>
          {view.figures.map((group) => (
            <Group key={group.title ?? ''} group={group} />
          ))}
        </table>
      </div>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          actions.send({ type: 'table-copied', markdown: figuresMarkdown(titles, view.figures) });
        }}
      >
        Copy Table as Markdown
      </button>
    </details>
  );
}

function Group({ group: { title, rows } }: { readonly group: FigureGroup }): JSX.Element {
  return (
    <tbody>
      {rows.map(({ id, label, explanation, cells }, i) => (
        <tr key={id}>
          {title !== null && i === 0 && (
            <th scope="rowgroup" rowSpan={rows.length}>
              {title}
            </th>
          )}
          <th scope="row" colSpan={title === null ? 2 : 1}>
            {label}
            {explanation !== null && <span class="quiet"> {explanation}</span>}
          </th>
          {cells.map((cell, column) => (
            <td key={column}>
              <Cell cell={cell} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

const COMPARED = {
  same: { sign: '=', className: 'is-same' },
  different: { sign: '≠', className: 'is-different' },
} as const;

function Cell({ cell: { value, detail, compared } }: { readonly cell: FigureCell }): JSX.Element {
  return (
    <>
      <strong>{value}</strong>{' '}
      {compared !== null && (
        <span class={`compared ${COMPARED[compared].className}`}>
          <span aria-hidden="true">{COMPARED[compared].sign}</span> {compared}
        </span>
      )}
      {detail !== null && <span class="quiet">{detail}</span>}
    </>
  );
}
