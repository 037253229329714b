import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { reportMarkdown } from '../../../src/bench/report/reportMarkdown.ts';
import { HOSTILE, hostileMatrix, hostileReport } from '../../support/benchReport/hostileReport.ts';
import { ODD_REPORTS } from '../../support/benchReport/oddReports.ts';
import { usePages } from '../../support/benchReport/parsedPage.ts';
import { sampleMatrix, sampleReport } from '../../support/benchReport/sampleReport.ts';

const report = sampleReport();

/** HTML passes, as it does on GitHub, so that what is not escaped comes to light. */
const markdown = new MarkdownIt({ html: true });

describe('reportMarkdown', () => {
  const parsed = usePages();

  it('has the tables of the page', () => {
    const document = parsed(markdown.render(reportMarkdown(report)));
    const captions = [...document.querySelectorAll('p > strong')].map(({ textContent }) => textContent);
    assert.deepEqual(captions.slice(0, 7), [
      'The arms',
      'Accuracy and mentor share by arm',
      'Accuracy by domain',
      'Every two arms on the same items',
      'Tokens by arm and model, sums over all runs',
      'Time by arm',
      'How runs ended, by arm',
    ]);
    assert.equal(document.querySelectorAll('table').length, captions.length);
    const accuracy = document.querySelectorAll('table')[1];
    assert.equal(
      accuracy?.querySelector('tbody tr')?.textContent.replace(/\s+/g, ' ').trim(),
      '1 generator 60 34 56.7% 44.1% to 68.4% – – 5 1',
    );
  });

  it('gives every row as many cells as its head, whatever the text', () => {
    for (const one of [report, hostileReport(), hostileMatrix(), sampleMatrix({ itemsPerDomain: 1 })]) {
      for (const block of reportMarkdown(one)
        .split('\n\n')
        .filter((text) => text.startsWith('|'))) {
        const counts = block
          .trim()
          .split('\n')
          .map((line) => line.replace(/\\./g, '').split('|').length);
        assert.equal(new Set(counts).size, 1, block.slice(0, 200));
      }
    }
  });

  it('shows hostile text as the text it is', () => {
    for (const one of [hostileReport(), hostileMatrix()]) {
      const document = parsed(markdown.render(reportMarkdown(one)));
      assert.equal(document.querySelectorAll('script, img, b, code, a').length, 0);
      assert.ok(document.body.textContent.includes(HOSTILE));
    }
  });

  it('warns where runs are missing', () => {
    assert.match(
      reportMarkdown({ ...report, missing: 1 }),
      /^> \*\*This bench is not whole: 1 run of it is missing\./m,
    );
    assert.doesNotMatch(reportMarkdown(report), /not whole/);
  });

  it('begins a matrix with its summary beside the paper', () => {
    const text = reportMarkdown(sampleMatrix({ itemsPerDomain: 2 }));
    assert.match(text, /\| Published by the paper \| 15 \| \\?\+3\.0 \| \\?\+8\.0 \| 12 of 15 \| 18\.4% \|/);
    assert.equal(text.match(/^## \d SmallModel/gm)?.length, 3);
  });

  for (const [oddity, odd] of Object.entries(ODD_REPORTS)) {
    it(`has nothing but numbers for numbers with ${oddity}`, () => {
      assert.doesNotMatch(reportMarkdown(odd), /NaN|Infinity|undefined|\bnull\b|\[object/);
    });
  }
});
