import assert from 'node:assert/strict';
import { itemsHtml } from '../../../../src/bench/report/html/itemsHtml.ts';
import type { BenchReport, ItemRun } from '../../../../src/bench/report/reportDocument.ts';
import { hostileReport } from '../../../support/benchReport/hostileReport.ts';
import { usePages } from '../../../support/benchReport/parsedPage.ts';
import { GENERATOR_ARM, SAMPLE_ARMS } from '../../../support/benchReport/sampleArms.ts';
import { sampleReport } from '../../../support/benchReport/sampleReport.ts';

const report = sampleReport();

describe('the items of a report', () => {
  const parsed = usePages();

  function withRuns(runs: readonly Partial<ItemRun>[]): BenchReport {
    const one = sampleReport({ arms: [GENERATOR_ARM], domains: ['all'], itemsPerDomain: 1 });
    const [item] = one.items;
    const [run] = item?.runs ?? [];
    if (!item || !run) assert.fail();
    return { ...one, items: [{ ...item, runs: runs.map((change) => ({ ...run, ...change })) }] };
  }

  it('are all there without a script, a table for each domain, and their filter hidden', () => {
    const document = parsed(itemsHtml(report));
    assert.deepEqual(
      [...document.querySelectorAll('details.domain > summary')].map(({ textContent }) => textContent),
      ['gsm8k: 20 items', 'mmlu (recall): 20 items', 'commonsense: 20 items'],
    );
    assert.equal(document.querySelectorAll('tr[data-runs]:not([hidden])').length, 60);
    assert.ok(document.querySelector('.filter')?.hasAttribute('hidden'));
  });

  it('lead to the page and the trace of every run, names encoded', () => {
    const [cell] = parsed(itemsHtml(report)).querySelectorAll('tr[data-runs] td:nth-child(6)');
    assert.deepEqual(
      [...(cell?.querySelectorAll('a') ?? [])].map((link) => [link.textContent, link.getAttribute('href')]),
      [
        ['page', './runs/paper-free%40p%3D0.24/gsm8k-1%20seed%201.html'],
        ['trace', './runs/paper-free%40p%3D0.24/gsm8k-1%20seed%201.mctrace'],
      ],
    );
  });

  it('lead nowhere but into the folder of the report', () => {
    const links = [...parsed(itemsHtml(hostileReport())).querySelectorAll('td a')];
    assert.ok(links.length > 0);
    for (const link of links) {
      const href = link.getAttribute('href') ?? '';
      assert.ok(new URL(href, 'https://report.test/folder/').href.startsWith('https://report.test/folder/'), href);
    }
  });

  it('say for the filter how each arm went', () => {
    const signs = (runs: readonly Partial<ItemRun>[]): (string | null | undefined)[] => {
      const row = parsed(itemsHtml(withRuns(runs))).querySelector('tr[data-runs]');
      return [row?.getAttribute('data-runs'), row?.getAttribute('data-flags')];
    };
    assert.deepEqual(signs([{ isCorrect: true }]), ['r', '']);
    assert.deepEqual(signs([{ isCorrect: true }, { isCorrect: false, answer: null, stop: 'maxTokens' }]), [
      'm',
      'unparsed',
    ]);
    assert.deepEqual(signs([{ isCorrect: false, answer: null, stop: 'failed' }]), ['w', 'failed']);
    assert.deepEqual(signs([]), ['-', '']);
  });

  it('name the seeds where there are several, and what came instead of an answer', () => {
    const runs = [
      { seed: 4, isCorrect: false, answer: null, stop: 'maxTokens' as const },
      { seed: 5, isCorrect: false, answer: null, stop: 'failed' as const, failure: 'Out of memory.' },
    ];
    const document = parsed(itemsHtml(withRuns(runs.map((run) => ({ ...run, page: null, trace: null })))));
    assert.deepEqual(
      [...document.querySelectorAll('.run')].map(({ textContent }) => textContent),
      ['✗ no answer seed 4', '✗ failed seed 5'],
    );
    assert.equal(document.querySelector('em[title]')?.getAttribute('title'), 'Out of memory.');
  });

  it('fold a long question behind its beginning', () => {
    const document = parsed(itemsHtml(report));
    const folded = document.querySelector('tr[data-runs] th details');
    assert.ok((folded?.querySelector('summary')?.textContent.length ?? 999) <= 161);
    assert.match(folded?.querySelector('.question')?.textContent ?? '', /How many are there\?$/);
  });

  it('stay small enough to be used: 900 items in 4 arms', () => {
    const html = itemsHtml(sampleReport({ itemsPerDomain: 300, arms: SAMPLE_ARMS.slice(0, 4) }));
    assert.ok(html.length < 2_500_000, `${html.length} characters`);
  });
});
