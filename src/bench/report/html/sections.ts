import { escapeHtml } from '../../../export/escapeHtml.ts';
import type { BenchReport } from '../reportDocument.ts';
import { methodWords } from '../methodWords.ts';
import { accuracyTable, armListTable, domainTable } from '../tables/armTable.ts';
import { stopTable, timeTable, tokenTable } from '../tables/costTables.ts';
import { calibrationTable, decisionTable } from '../tables/decisionTables.ts';
import { modelTable } from '../tables/modelTable.ts';
import { pairTable } from '../tables/pairTable.ts';
import { paperTable } from '../tables/paperTable.ts';
import { itemsHtml } from './itemsHtml.ts';
import { accuracyFigures } from './plots/accuracyFigures.ts';
import { paretoFigure } from './plots/paretoFigure.ts';
import { positionFigures } from './plots/positionFigures.ts';
import { reliabilityFigures } from './plots/reliabilityFigures.ts';
import { tableHtml } from './tableHtml.ts';

/** A part of a report with a heading of its own. */
export interface Section {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly content: string;
}

/**
 * The sections of a report; those that have nothing to show are left out.
 *
 * @param id - what the ids of this report begin with, where a page has several.
 */
export function sectionsOf(report: BenchReport, id: string): readonly Section[] {
  const section = (name: string, title: string, parts: readonly string[]): Section => ({
    id: `${id}s-${name}`,
    title,
    content: parts.filter(Boolean).join('\n'),
  });
  const decisions = positionFigures(report, id);
  const calibration = reliabilityFigures(report, id);
  const hasMentor = report.arms.some((arm) => arm.hasMentor);
  return [
    section('accuracy', 'Accuracy', [
      `<div class="plots">${accuracyFigures(report, id).join('\n')}</div>`,
      tableHtml(armListTable(report)),
      tableHtml(accuracyTable(report)),
      report.plan.domains.length > 1 ? tableHtml(domainTable(report)) : '',
    ]),
    section('pareto', 'Accuracy against mentor share', [paretoFigure(report, id)]),
    section('pairs', 'Comparisons', [tableHtml(pairTable(report))]),
    section(
      'cost',
      'Cost',
      [tokenTable, timeTable, stopTable].map((table) => tableHtml(table(report))),
    ),
    section('decisions', 'Decisions', [hasMentor ? tableHtml(decisionTable(report)) : '', decisions]),
    section('calibration', 'Calibration of the verifier', [
      calibration === '' ? '' : tableHtml(calibrationTable(report)),
      calibration,
    ]),
    section('paper', 'Published results of the paper', [hasMentor ? tableHtml(paperTable(report)) : '']),
    section('method', 'Method', [
      ...methodWords(report).map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
      tableHtml(modelTable(report)),
    ]),
    section('items', 'Items', [itemsHtml(report)]),
  ].filter(({ content }) => content !== '' && content !== '<div class="plots"></div>');
}

/** Sections under headings of a level. */
export function sectionsHtml(sections: readonly Section[], level: 2 | 3): string {
  return sections
    .map(
      ({ id, title, content }) =>
        `<section id="${id}">\n<h${level}>${escapeHtml(title)}</h${level}>\n${content}\n</section>`,
    )
    .join('\n');
}

/** Links to parts of the page. */
export function contentsHtml(name: string, sections: readonly Pick<Section, 'id' | 'title'>[]): string {
  const links = sections.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`);
  return `<nav aria-label="${escapeHtml(name)}"><ul>${links.join('')}</ul></nav>`;
}
