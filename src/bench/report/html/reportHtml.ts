import { escapeHtml } from '../../../export/escapeHtml.ts';
import type { BenchReport, MatrixReport } from '../reportDocument.ts';
import { findingWords, missingWords, planWords } from '../reportWords.ts';
import { matrixPairTable, matrixSummaryTable, pairName } from '../tables/matrixTables.ts';
import type { PageAddition } from './pageHtml.ts';
import { pageHtml } from './pageHtml.ts';
import { contentsHtml, sectionsHtml, sectionsOf } from './sections.ts';
import { tableHtml } from './tableHtml.ts';

/**
 * A bench, or a matrix of them, as one HTML page that needs nothing else.
 *
 * @param addition - what a program adds that shows the report of a bench within itself.
 */
export function reportHtml(report: BenchReport | MatrixReport, addition: PageAddition | null = null): string {
  return report.format === 'mentorcollab-bench' ? benchPage(report, addition) : matrixPage(report, addition);
}

function benchPage(report: BenchReport, addition: PageAddition | null): string {
  const title = `Benchmark: ${report.plan.data}`;
  const sections = sectionsOf(report, '');
  return pageHtml(
    title,
    `<h1>${escapeHtml(title)}</h1>
${leadHtml(report)}
${contentsHtml('Contents', sections)}
${sectionsHtml(sections, 2)}`,
    addition,
  );
}

/** What a report says before its sections. */
function leadHtml(report: BenchReport): string {
  const missing = missingWords(report);
  const findings = findingWords(report).map((finding) => `<li>${escapeHtml(finding)}</li>`);
  return `<p>${escapeHtml(pairName(report))}. <span class="quiet">${escapeHtml(planWords(report))}</span></p>
${missing === null ? '' : `<p class="warning" role="note">${escapeHtml(missing)}</p>`}
${findings.length === 0 ? '' : `<ul class="findings">${findings.join('\n')}</ul>`}`;
}

function matrixPage(matrix: MatrixReport, addition: PageAddition | null): string {
  const pairs = matrix.matrix.map((report, index) => ({
    report,
    id: `pair-${index + 1}`,
    title: `${index + 1} ${pairName(report)}`,
  }));
  const title = `Benchmark of ${pairs.length} pairs of models`;
  const missing = matrix.matrix.reduce((sum, report) => sum + Math.max(0, report.missing), 0);
  const content = pairs.map(({ report, id, title: name }) => {
    const sections = sectionsOf(report, `${id}-`);
    return `<section id="${id}">
<h2>${escapeHtml(name)}</h2>
${leadHtml(report)}
${contentsHtml(name, sections)}
${sectionsHtml(sections, 3)}
</section>`;
  });
  return pageHtml(
    title,
    `<h1>${escapeHtml(title)}</h1>
${missing === 0 ? '' : `<p class="warning" role="note">${missing} planned runs are missing in all; the pairs they are missing in say so.</p>`}
${contentsHtml('Contents', [{ id: 'summary', title: 'Summary' }, ...pairs])}
<section id="summary">
<h2>Summary</h2>
${tableHtml(matrixSummaryTable(matrix))}
${tableHtml(matrixPairTable(matrix))}
</section>
${content.join('\n')}`,
    addition,
  );
}
