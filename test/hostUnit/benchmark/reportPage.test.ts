import assert from 'node:assert/strict';
import { endWords } from '../../../src/host/benchmark/endWords.ts';
import { reportFile } from '../../../src/host/benchmark/reportFiles.ts';
import { messagePageHtml } from '../../../src/host/benchmark/messagePageHtml.ts';
import { reportPageHtml } from '../../../src/host/benchmark/reportPageHtml.ts';
import { isTraceOf } from '../../../src/host/benchmark/reportTraces.ts';
import { HOSTILE, hostileReport } from '../../support/benchReport/hostileReport.ts';
import { usePages } from '../../support/benchReport/parsedPage.ts';
import { sampleReport } from '../../support/benchReport/sampleReport.ts';
import { summaryOf } from '../support/benchmarkSummaryOf.ts';

const report = sampleReport({ itemsPerDomain: 2 });

describe('a report in the editor', () => {
  const parsed = usePages();
  const page = (changed: Parameters<typeof summaryOf>[0] = {}, isRunning = false) =>
    parsed(reportPageHtml(report, { summary: summaryOf(changed), isRunning, nonce: 'n0' }));
  const actionsOf = (document: ReturnType<typeof page>) =>
    [...document.querySelectorAll('[data-action]')].map((button) => button.getAttribute('data-action'));

  it('has the strict policy of the page, with a nonce for what is added', () => {
    const policy = page().querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
    assert.match(
      policy,
      /^default-src 'none'; style-src 'sha256-\S+' 'sha256-\S+' 'nonce-n0'; script-src 'sha256-\S+' 'nonce-n0'; /,
    );
    for (const added of page().querySelectorAll('[nonce]')) assert.equal(added.getAttribute('nonce'), 'n0');
    assert.doesNotMatch(policy, /unsafe/);
  });

  it('offers to go on where it is not whole, to stop where it is under way, and neither where it is done', () => {
    assert.deepEqual(actionsOf(page()), ['save', 'reveal', 'delete']);
    assert.deepEqual(actionsOf(page({ done: 87 })), ['go-on', 'save', 'reveal', 'delete']);
    assert.deepEqual(actionsOf(page({ done: 87 }, true)), ['stop', 'save', 'reveal']);
    assert.deepEqual(actionsOf(page({ done: 87, isElsewhere: true })), ['save', 'reveal']);
    assert.match(page({ done: 87 }).querySelector('[role="status"]')?.textContent ?? '', /87 of 180 runs/);
  });

  it('says which benchmark it is, whatever its name', () => {
    const name = `"><script>alert(1)</script>`;
    const bar = page({ name }).querySelector('.bench-bar');
    assert.equal(bar?.getAttribute('data-benchmark'), name);
  });

  it('opens no file but the traces that it names', () => {
    const trace = report.items[0]?.runs[0]?.trace ?? '';
    assert.equal(isTraceOf(report, trace), trace.endsWith('.mctrace.jsonl'));
    assert.equal(isTraceOf(report, 'plan.json'), false);
    const run = report.items[0]?.runs[0] ?? assert.fail('no run');
    const item = report.items[0] ?? assert.fail('no item');
    const naming = (place: string) => ({ ...report, items: [{ ...item, runs: [{ ...run, trace: place }] }] });
    const good = 'runs/a/00000-b-seed1.mctrace.jsonl';
    assert.equal(isTraceOf(naming(good), good), true);
    for (const place of [
      '../a.mctrace.jsonl',
      '/etc/a.mctrace.jsonl',
      'runs/../../a.mctrace.jsonl',
      'a\\..\\b.mctrace.jsonl',
      'a.html',
    ])
      assert.equal(isTraceOf(naming(place), place), false, place);
  });

  it('is saved without links to traces that are not there', () => {
    assert.doesNotMatch(reportFile(report, 'html'), /href="\.\//);
    assert.match(reportFile(report, 'md'), /^# Benchmark: three-domains\.jsonl/);
    assert.match(reportFile(report, 'json'), /"trace": null/);
  });

  it('escapes a message that stands in its place', () => {
    assert.doesNotMatch(messagePageHtml(HOSTILE, 'n0'), /<script|<img/);
    assert.ok(reportPageHtml(hostileReport(), { summary: summaryOf({}), isRunning: false, nonce: 'n0' }).length > 0);
  });

  it('is told of in a sentence at its end', () => {
    assert.match(endWords('demo', report), /^Benchmark demo is done\. Right: generator \d+\.\d%, /);
    const done = report.items.reduce((sum, { runs }) => sum + runs.length, 0);
    assert.equal(
      endWords('demo', { ...report, missing: 3 }),
      `Benchmark demo was cancelled: ${done} of ${done + 3} runs are done, and kept.`,
    );
  });
});
