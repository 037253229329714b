/**
 * What a report does beside filtering its items when an editor shows it: asks for what is clicked, and keeps what the
 * reader has chosen, opened and scrolled to, since the page is made anew whenever the report is, or was hidden.
 */
export const REPORT_SCRIPT = `
'use strict';
{
  const vscode = acquireVsCodeApi();
  const { benchmark } = document.querySelector('[data-benchmark]').dataset;
  const filters = [...document.querySelectorAll('[data-filter]')];
  const keyOf = (details) => {
    const section = details.closest('section');
    return (section ? section.id : '') + ' ' + [...(section ?? document).querySelectorAll('details')].indexOf(details);
  };
  const allDetails = () => [...document.querySelectorAll('main details')];
  const keep = () => {
    const opened = allDetails().filter((details) => details.open).map(keyOf);
    vscode.setState({ benchmark, opened, filters: filters.map(({ value }) => value), scroll: scrollY });
  };
  const before = vscode.getState();
  if (before && before.benchmark === benchmark && Array.isArray(before.opened)) {
    filters.forEach((filter, index) => {
      const value = before.filters[index];
      if (filter.tagName === 'SELECT' && ![...filter.options].some((option) => option.value === value)) return;
      filter.value = value;
    });
    for (const filter of document.querySelectorAll('.filter')) filter.dispatchEvent(new Event('input'));
    for (const details of allDetails()) details.open = before.opened.includes(keyOf(details));
    scrollTo(0, before.scroll);
  }
  keep();
  let timer = 0;
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 200);
  };
  document.addEventListener('toggle', keepSoon, true);
  document.addEventListener('input', keepSoon);
  addEventListener('scroll', keepSoon, { passive: true });

  const traceLink = (run) => run && run.querySelector('a[href$=".mctrace.jsonl"]');
  const isSelecting = () => !getSelection().isCollapsed;
  document.addEventListener(
    'click',
    (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const button = target && target.closest('[data-action]');
      if (button) vscode.postMessage({ type: 'action-requested', action: button.dataset.action });
      const link = target && target.closest('a[href^="./"]');
      const run = target && target.closest('.run');
      if (!link && (!run || isSelecting())) return;
      event.preventDefault();
      // VS Code would open the link by itself, which leads nowhere from here.
      event.stopPropagation();
      const trace = traceLink(run);
      if (!trace) return;
      const place = trace.getAttribute('href').slice(2).split('/').map(decodeURIComponent).join('/');
      vscode.postMessage({ type: 'trace-requested', place });
    },
    true,
  );
}
`;
