import type { ArmName, PairReport } from './measurePair.ts';

const ARM_LABELS: Readonly<Record<ArmName, string>> = {
  loop: '(a) our loop',
  naive: '(b) naive, re-reading at each call',
  published: '(c) a request a piece, caching endpoint',
  plain: '(d) the generator alone',
};

/** The report for people: ratios and counts, never a bare time to compare across machines. */
export function formatReport(report: PairReport): string {
  const rows = (Object.keys(ARM_LABELS) as ArmName[]).map((arm) => {
    const { timeRatio, evaluatedPerToken, passesPerToken, finalTokens, sameText } = report.arms[arm];
    return [
      ARM_LABELS[arm].padEnd(40),
      timeRatio.toFixed(2).padStart(12),
      evaluatedPerToken.toFixed(2).padStart(16),
      passesPerToken.toFixed(2).padStart(13),
      String(finalTokens).padStart(13),
      `${sameText}/${report.problems}`.padStart(12),
    ].join('');
  });
  const { generatorPerToken, promptReads, timeOverParts } = report.aims;
  return [
    `${report.pair}, ${report.problems} problems`,
    `${''.padEnd(40)}${'time / (a)'.padStart(12)}${'evaluated/token'.padStart(16)}${'passes/token'.padStart(13)}${'final tokens'.padStart(13)}${'same text'.padStart(12)}`,
    ...rows,
    `requests of (c): ${report.requests}`,
    `generator tokens evaluated per final token, drafts and verification prompts apart: ${generatorPerToken.toFixed(3)} (aim: at most 1.15)`,
    `prompt tokens read / prompt tokens: ${promptReads.toFixed(3)} (aim: 1)`,
    `time of (a) / its parts alone: ${timeOverParts.toFixed(2)} (aim: at most 1.5)`,
    '',
  ].join('\n');
}
