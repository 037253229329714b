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
        <table>
          <thead>
            <tr>
              <td />
              {view.columns.map(({ column: { columnId, title }, isReference }) => (
                <th key={columnId} scope="col">
                  {title}
                  {isReference && <span class="quiet"> (reference)</span>}
                </th>
              ))}
            </tr>
          </thead>
          {view.figures.map((group) => (
            <Group key={group.title ?? ''} group={group} columns={titles.length} />
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

function Group({ group, columns }: { readonly group: FigureGroup; readonly columns: number }): JSX.Element {
  return (
    <tbody>
      {group.title !== null && (
        <tr>
          <th scope="rowgroup" colSpan={columns + 1} class="group-title">
            {group.title}
          </th>
        </tr>
      )}
      {group.rows.map(({ id, label, explanation, cells }) => (
        <tr key={id} class={`figure-${id}`}>
          <th scope="row">
            {label}
            {explanation !== null && <span class="quiet"> {explanation}</span>}
          </th>
          {cells.map((cell, i) => (
            <td key={i}>
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
      <strong>{value}</strong>
      {compared !== null && (
        <span class={`compared ${COMPARED[compared].className}`}>
          <span aria-hidden="true">{COMPARED[compared].sign}</span> {compared}
        </span>
      )}
      {detail !== null && <span class="quiet">{detail}</span>}
    </>
  );
}
