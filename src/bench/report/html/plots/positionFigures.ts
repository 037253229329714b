import { mentoredArms } from '../../armsOf.ts';
import type { StackedOutcome } from '../../plots/positionPlot.ts';
import { positionPlot, STACK } from '../../plots/positionPlot.ts';
import type { ArmReport, BenchReport } from '../../reportDocument.ts';
import { countOf, countText } from '../../reportNumbers.ts';
import { binName, positionTable } from '../../tables/decisionTables.ts';
import { tableHtml } from '../tableHtml.ts';
import { choiceHtml } from './choice.ts';
import { figureHtml } from './figure.ts';
import { bottomAxis, leftAxis, svgBox } from './svgParts.ts';

const OUTCOMES: Readonly<Record<StackedOutcome, { readonly name: string; readonly words: string }>> = {
  agreed: { name: 'agreed', words: 'both agreed' },
  keptGenerator: { name: 'kept', words: "kept the generator's patch" },
  tookMentor: { name: 'took', words: "took the mentor's patch" },
};

/** How probes went along the text: a plot for each arm with a mentor, to be opened one by one. */
export function positionFigures(report: BenchReport, id: string): string {
  const arms = mentoredArms(report).filter(({ report: { positions } }) => positions.length > 0);
  return arms
    .map(({ number, report: arm }, index) =>
      choiceHtml(`${number} ${arm.arm}`, index === 0, figure(arm, `${id}positions-${number}`)),
    )
    .join('\n');
}

function figure(arm: ArmReport, id: string): string {
  const plot = positionPlot(arm);
  const drawing = [
    bottomAxis(plot.frame, plot.xTicks, 'Position, steps from 0'),
    leftAxis(plot.frame, plot.yTicks, 'Decisions, all runs'),
    ...plot.bars.map(({ outcome, bin, box }) => {
      const { name, words } = OUTCOMES[outcome];
      const spoken = `<title>Steps ${binName(bin)}: ${countText(bin[outcome])} times ${words}</title>`;
      return svgBox(`stack ${name}`, box).replace('/>', `>${spoken}</rect>`);
    }),
  ];
  const { probes, agreed, keptGenerator, tookMentor } = arm.decisions;
  return `${figureHtml({
    ...plot,
    id,
    title: `Decisions by position: ${arm.arm}`,
    description: `${countOf(probes, 'probe')}: ${countText(agreed)} times both agreed, ${countText(keptGenerator)} times the generator's patch was kept, ${countText(tookMentor)} times the mentor's was taken. The table below tells the same by position.`,
    drawing: drawing.join('\n'),
    caption: legend(),
  })}
<details class="words"><summary>As a table</summary>${tableHtml(positionTable(arm))}</details>`;
}

function legend(): string {
  const keys = STACK.toReversed().map((outcome) => {
    const { name, words } = OUTCOMES[outcome];
    const box = svgBox(`stack ${name}`, { left: 1, top: 1, right: 23, bottom: 15 });
    return `<span class="key"><svg class="sample" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">${box}</svg> ${words}</span>`;
  });
  return `<p class="keys">${keys.join(' ')}</p>`;
}
