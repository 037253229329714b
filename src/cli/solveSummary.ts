import type { RunEvent } from '../core/runEvent.ts';
import { viewRun } from '../core/view/runView.ts';
import { formatCount, formatShare, formatTime } from '../export/formatNumbers.ts';
import { describeStop } from '../export/runFacts.ts';
import type { SolveResult } from '../export/solveResult.ts';
import type { TextOutput } from './commandContext.ts';
import { styled, terminalText } from './terminalText.ts';

/** What a run came to, in a few lines for people. */
export function writeSummary(
  messages: TextOutput,
  run: { readonly result: SolveResult; readonly events: readonly RunEvent[]; readonly tracePath: string | null },
): void {
  const rows = summaryRows(run.result, run.events);
  if (run.tracePath !== null) rows.push(['trace', run.tracePath]);
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.map(([name, value]) => {
    const shown = messages.isTTY ? terminalText(value) : value;
    return `${styled(name.padEnd(width), 'quiet', messages.hasColour)}${shown}\n`;
  });
  messages.write(`\n${lines.join('')}`);
}

function summaryRows(result: SolveResult, events: readonly RunEvent[]): [string, string][] {
  const { counts } = viewRun(events);
  const reason = result.mentorShareReason === undefined ? '' : `: ${result.mentorShareReason}`;
  const tokens = ({ accepted, decoded, prefilled }: SolveResult['tokens']['generator']): string =>
    `${formatCount(accepted)} tokens accepted, ${formatCount(decoded)} decoded, ${formatCount(prefilled)} prefilled`;
  const probes =
    `${formatCount(counts.probes)} in ${formatCount(counts.steps)} steps, ` +
    `${formatCount(counts.divergences)} divergence${counts.divergences === 1 ? '' : 's'}, ` +
    `${formatCount(counts.taken)} taken from the mentor`;
  return [
    ['answer', result.answer ?? 'none found'],
    ...(result.stop === 'end' ? [] : ([['end', describeStop(result.stop)]] satisfies [string, string][])),
    ['mentor share', `${formatShare(result.mentorShare)}${reason}`],
    ['probes', probes],
    ['generator', tokens(result.tokens.generator)],
    ['mentor', tokens(result.tokens.mentor)],
    ...(result.tokens.verifier ? ([['verifier', tokens(result.tokens.verifier)]] satisfies [string, string][]) : []),
    ['time', formatTime(result.timeMs)],
  ];
}
