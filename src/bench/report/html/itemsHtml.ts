import { escapeHtml } from '../../../export/escapeHtml.ts';
import { armsOf } from '../armsOf.ts';
import type { BenchReport, DomainFacts, ItemReport, ItemRun } from '../reportDocument.ts';
import { countText, NOTHING } from '../reportNumbers.ts';
import { domainName } from '../tables/armTable.ts';
import { itemFilterHtml } from './itemFilter.ts';
import { relativeHref } from './relativeHref.ts';

/** Every item with how it went in every arm and the way to each run, a table for each domain. */
export function itemsHtml(report: BenchReport): string {
  if (report.items.length === 0) return '<p class="quiet">There are no items.</p>';
  const arms = report.arms.map(({ arm }) => arm);
  const head = armsOf(report)
    .map(({ number, report: { arm } }) => `<th scope="col">${number} ${escapeHtml(arm)}</th>`)
    .join('');
  const tables = domainsOf(report).map(({ domain, isRecall }, index) => {
    const items = report.items.filter((item) => item.domain === domain);
    const name = escapeHtml(domainName(domain, isRecall));
    return `<details class="domain"${index === 0 ? ' open' : ''}>
<summary>${name}: <span data-shown></span>${countText(items.length)} ${items.length === 1 ? 'item' : 'items'}</summary>
<div class="wide items" role="region" tabindex="0" aria-label="Items of ${name}">
<table>
<thead><tr><th scope="col">Item</th><th scope="col">Expected</th>${head}</tr></thead>
<tbody>
${items.map((item) => rowHtml(item, arms)).join('\n')}
</tbody>
</table>
</div>
</details>`;
  });
  return `<div data-items>
${itemFilterHtml(report)}
${tables.join('\n')}
</div>`;
}

/** Those of the plan that have items, and any that only items name. */
function domainsOf({ plan, items }: BenchReport): readonly DomainFacts[] {
  const names = [...new Set(items.map(({ domain }) => domain))];
  const planned = plan.domains.filter(({ domain }) => names.includes(domain));
  const others = names.filter((name) => planned.every(({ domain }) => domain !== name));
  return [...planned, ...others.map((domain) => ({ domain, items: 0, isRecall: false }))];
}

function rowHtml(item: ItemReport, arms: readonly string[]): string {
  const runsByArm = arms.map((arm) => item.runs.filter((run) => run.arm === arm));
  const flags = [
    item.runs.some(({ stop, answer }) => stop !== 'failed' && answer === null) ? 'unparsed' : '',
    item.runs.some(({ stop }) => stop === 'failed') ? 'failed' : '',
  ].filter(Boolean);
  const cells = runsByArm.map((runs) => `<td>${runs.length === 0 ? NOTHING : runs.map(runHtml).join('')}</td>`);
  return `<tr data-runs="${runsByArm.map(signOf).join('')}" data-flags="${flags.join(' ')}"><th scope="row"><span class="quiet">${escapeHtml(item.id)}</span> ${questionHtml(item.question)}</th><td>${escapeHtml(item.expected)}</td>${cells.join('')}</tr>`;
}

function signOf(runs: readonly ItemRun[]): string {
  if (runs.length === 0) return '-';
  if (runs.every(({ isCorrect }) => isCorrect)) return 'r';
  return runs.some(({ isCorrect }) => isCorrect) ? 'm' : 'w';
}

const LONG_QUESTION = 160;

/** A long question shows its beginning, and the rest when opened. */
function questionHtml(question: string): string {
  const characters = Array.from(question);
  if (characters.length <= LONG_QUESTION) return `<div class="question">${escapeHtml(question)}</div>`;
  const start = characters.slice(0, LONG_QUESTION).join('').replace(/\s+/g, ' ');
  return `<details><summary>${escapeHtml(start)}…</summary><div class="question">${escapeHtml(question)}</div></details>`;
}

function runHtml(run: ItemRun, _index: number, runs: readonly ItemRun[]): string {
  const { isCorrect, seed, trace, page } = run;
  const sign = isCorrect
    ? '<span class="right" role="img" aria-label="right">✓</span>'
    : '<span class="wrong" role="img" aria-label="wrong">✗</span>';
  const links = [
    ...(page === null ? [] : [`<a href="${relativeHref(page)}">page</a>`]),
    ...(trace === null ? [] : [`<a href="${relativeHref(trace)}">trace</a>`]),
  ].join(' ');
  const seeded = runs.length > 1 ? ` <span class="quiet">seed ${seed}</span>` : '';
  return `<span class="run">${sign} ${answerHtml(run)}${seeded}${links === '' ? '' : ` <span class="links">${links}</span>`}</span>`;
}

function answerHtml({ answer, stop, failure }: ItemRun): string {
  if (stop === 'failed') return `<em title="${escapeHtml(failure ?? '')}">failed</em>`;
  return answer === null ? '<em>no answer</em>' : escapeHtml(answer);
}
