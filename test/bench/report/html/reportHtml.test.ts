import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ITEM_FILTER_HASH, ITEM_FILTER_SCRIPT } from '../../../../src/bench/report/html/itemFilter.ts';
import { reportHtml } from '../../../../src/bench/report/html/reportHtml.ts';
import { REPORT_STYLE, REPORT_STYLE_HASH } from '../../../../src/bench/report/html/reportStyle.ts';
import { hostileMatrix, hostileReport, HOSTILE } from '../../../support/benchReport/hostileReport.ts';
import { ODD_REPORTS } from '../../../support/benchReport/oddReports.ts';
import { usePages } from '../../../support/benchReport/parsedPage.ts';
import { sampleMatrix, sampleReport } from '../../../support/benchReport/sampleReport.ts';

const report = sampleReport();

describe('reportHtml', () => {
  const parsed = usePages();

  it('shows every part that a bench has, in order', () => {
    const headings = [...parsed(reportHtml(report)).querySelectorAll('h1, h2')].map(({ textContent }) => textContent);
    assert.deepEqual(headings, [
      'Benchmark: three-domains.jsonl',
      'Accuracy',
      'Accuracy against mentor share',
      'Comparisons',
      'Cost',
      'Decisions',
      'Calibration of the verifier',
      'Published results of the paper',
      'Method',
      'Items',
    ]);
  });

  it('leads from its contents to every section', () => {
    for (const document of [report, sampleMatrix({ itemsPerDomain: 2 })].map((one) => parsed(reportHtml(one)))) {
      const links = [...document.querySelectorAll('nav a')];
      assert.ok(links.length > 3);
      for (const link of links) assert.ok(document.querySelector(link.getAttribute('href') ?? 'none'));
    }
  });

  it('gives every plot a title, axes and words for those who do not see it', () => {
    const document = parsed(reportHtml(report));
    const plots = [...document.querySelectorAll('.plot > svg')];
    assert.equal(plots.length, 3 + 3 + 3);
    for (const plot of plots) {
      const told = (attribute: string): string =>
        document.getElementById(plot.getAttribute(attribute) ?? '')?.textContent ?? '';
      assert.ok(told('aria-labelledby').length > 5);
      assert.ok(told('aria-describedby').length > 40);
      assert.match(plot.querySelector('.axis-title')?.textContent ?? '', /%|steps|0 to 1/);
    }
    const [first] = plots;
    assert.match(first?.textContent ?? '', /generator 56\.7% \(44\.1% to 68\.4%\)/);
  });

  it('opens the plots of one arm at a time, the first from the start', () => {
    const choices = [...parsed(reportHtml(report)).querySelectorAll('#s-decisions details.choice')];
    assert.deepEqual(
      choices.map((choice) => [choice.querySelector('summary')?.textContent, choice.hasAttribute('open')]),
      [
        ['3 paper-free@p=0.1', true],
        ['4 paper-free@p=0.24', false],
        ['5 paper-free@p=0.5', false],
      ],
    );
  });

  it('keeps the figures of the paper apart from its own', () => {
    const table = parsed(reportHtml(report)).querySelector('#s-paper table');
    assert.equal(table?.querySelectorAll('tbody:not(.apart) tr').length, 3);
    assert.doesNotMatch(table.querySelector('tbody:not(.apart)')?.textContent ?? '', /[Pp]ublished/);
    assert.match(table.querySelector('tbody.apart')?.textContent ?? '', /Published.*\+3\.0.*18\.4%.*\+8\.0/s);
  });

  it('warns where runs are missing, and only there', () => {
    const warned = parsed(reportHtml({ ...report, missing: 12 })).querySelector('.warning');
    assert.match(warned?.textContent ?? '', /^This bench is not whole: 12 runs of it are missing\./);
    assert.equal(parsed(reportHtml(report)).querySelector('.warning'), null);
  });

  it('lays a matrix beside the paper, then tells of each pair, with no id twice', () => {
    const document = parsed(reportHtml(sampleMatrix({ itemsPerDomain: 2 })));
    const rows = [...document.querySelectorAll('#summary table')][0]?.querySelectorAll('tbody tr');
    assert.equal(rows?.length, 4);
    assert.match(rows[3]?.textContent ?? '', /^Published by the paper15\+3\.0\+8\.012 of 1518\.4%$/);
    assert.equal(document.querySelectorAll('main > section').length, 4);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('forbids itself everything but its style sheets and its filter', () => {
    const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    assert.equal(REPORT_STYLE_HASH, hashOf(REPORT_STYLE));
    assert.equal(ITEM_FILTER_HASH, hashOf(ITEM_FILTER_SCRIPT));
    const html = reportHtml(report);
    assert.match(html, /content="default-src 'none'; style-src 'sha256-\S+' 'sha256-\S+'; script-src 'sha256-\S+';/);
    assert.doesNotMatch(html, /\bstyle="|\son[a-z]+="|https?:/);
  });

  it('keeps hostile text as text, in names, questions, answers and models', () => {
    for (const document of [hostileReport(), hostileMatrix()].map((one) => parsed(reportHtml(one)))) {
      assert.equal(document.querySelectorAll('img, iframe, b, meta[name="evil"]').length, 0);
      assert.deepEqual(
        [...document.querySelectorAll('script')].map(({ textContent }) => textContent),
        [ITEM_FILTER_SCRIPT],
      );
      assert.ok(document.body.textContent.includes(HOSTILE));
      const names = [...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames());
      assert.ok(names.every((name) => !name.startsWith('on')));
    }
  });

  for (const [oddity, odd] of Object.entries(ODD_REPORTS)) {
    it(`has nothing but numbers for numbers with ${oddity}`, () => {
      const html = reportHtml(odd);
      assert.doesNotMatch(html.replace(ITEM_FILTER_SCRIPT, ''), /NaN|Infinity|undefined|\bnull\b|\[object/);
      const document = parsed(html);
      assert.equal(document.querySelectorAll('h1').length, 1);
      assert.equal(document.querySelectorAll('main').length, 1);
      for (const row of document.querySelectorAll('.wide tbody tr')) {
        assert.equal(row.children.length, row.closest('table')?.querySelectorAll('thead th').length);
      }
    });
  }
});
