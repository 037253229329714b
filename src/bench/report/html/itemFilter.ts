import { escapeHtml } from '../../../export/escapeHtml.ts';
import { armsOf } from '../armsOf.ts';
import type { BenchReport } from '../reportDocument.ts';
import { countOf } from '../reportNumbers.ts';

/** The controls over a table of items; hidden until the script below shows them, since only it can serve them. */
export function itemFilterHtml(report: BenchReport): string {
  const arms = armsOf(report).map(
    ({ number, report: { arm } }) => `<option value="${number - 1}">${number} ${escapeHtml(arm)}</option>`,
  );
  const one = `<option value="">any arm</option>${arms.join('')}`;
  return `<div class="filter" role="search" aria-label="Items" hidden>
<label>Show <select data-filter="kind"><option value="all">all items</option><option value="differs">items where arms differ</option><option value="right">items right in every arm</option><option value="wrong">items wrong in every arm</option><option value="unparsed">items with unparsed runs</option><option value="failed">items with failed runs</option></select></label>
<label>right in <select data-filter="right">${one}</select></label>
<label>wrong in <select data-filter="wrong">${one}</select></label>
<label>with the words <input type="search" data-filter="words"></label>
<output>${countOf(report.items.length, 'item')}</output>
</div>`;
}

/**
 * Shows the rows that the controls ask for. A row's `data-runs` has one sign for each arm: `r` for right, `w` for wrong,
 * `m` where seeds differ, `-` for no run; its `data-flags` say what else there was.
 */
export const ITEM_FILTER_SCRIPT = `
'use strict';
for (const section of document.querySelectorAll('[data-items]')) {
  const filter = section.querySelector('.filter');
  const output = filter.querySelector('output');
  const domains = [...section.querySelectorAll('details.domain')].map((details) => ({
    details,
    shown: details.querySelector('[data-shown]'),
    rows: [...details.querySelectorAll('tr[data-runs]')],
  }));
  const value = (name) => filter.querySelector('[data-filter="' + name + '"]').value;
  const kinds = {
    all: () => true,
    differs: ({ runs }) => new Set(runs.replaceAll('-', '')).size > 1,
    right: ({ runs }) => /^[r-]*r[r-]*$/.test(runs),
    wrong: ({ runs }) => /^[w-]*w[w-]*$/.test(runs),
    unparsed: ({ flags }) => flags.includes('unparsed'),
    failed: ({ flags }) => flags.includes('failed'),
  };
  const update = () => {
    const kind = kinds[value('kind')];
    const right = value('right');
    const wrong = value('wrong');
    const words = value('words').trim().toLowerCase();
    const isAsked = (row) =>
      kind(row.dataset) &&
      (right === '' || row.dataset.runs[right] === 'r') &&
      (wrong === '' || row.dataset.runs[wrong] === 'w') &&
      (words === '' || row.cells[0].textContent.toLowerCase().includes(words));
    let sum = 0;
    let all = 0;
    for (const { details, shown, rows } of domains) {
      let count = 0;
      for (const row of rows) {
        row.hidden = !isAsked(row);
        if (!row.hidden) count++;
      }
      shown.textContent = count === rows.length ? '' : count + ' of ';
      if (count < rows.length) details.open = count > 0;
      sum += count;
      all += rows.length;
    }
    output.textContent = (sum === all ? '' : sum + ' of ') + all + (all === 1 ? ' item' : ' items');
  };
  filter.addEventListener('input', update);
  filter.hidden = false;
  update();
}
`;

/** Permission for this very script. A test tells the value when the script changes. */
export const ITEM_FILTER_HASH = 'sha256-NU62BN56JdDkkywpbRotl0DuZRhujPfAtun3eEjfLhk=';
