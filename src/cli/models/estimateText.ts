import { formatBytes } from '../../core/formatBytes.ts';
import { formatCount } from '../../export/formatNumbers.ts';
import { terminalText } from '../terminalText.ts';
import { textTable } from '../textTable.ts';
import type { EstimateSource, PairEstimate, RoleEstimate } from './estimate.ts';

const SOURCES: Readonly<Record<EstimateSource, string>> = {
  file: 'its file',
  catalogue: 'the catalogue, roughly: it is not downloaded yet',
  server: 'a server, which takes nothing here',
};

/** An estimate for people. */
export function estimateText(estimate: PairEstimate): string {
  const head = ['role', 'model', 'weights', 'context', 'together', 'tokens'];
  const rows = estimate.roles.map(roleRow);
  return `${[textTable(head, rows, 2), verdict(estimate), ...nearestLines(estimate)].join('\n\n')}\n`;
}

function roleRow({ role, model, source, contextSize, memory }: RoleEstimate): string[] {
  const bytes = (value: number | undefined): string => {
    if (source === 'server') return '-';
    if (value === undefined) return '?';
    return `${source === 'catalogue' ? '~' : ''}${formatBytes(value)}`;
  };
  return [
    role,
    terminalText(model).replace(/[\n\t]/g, ' '),
    bytes(memory?.weightsBytes),
    bytes(memory?.contextBytes),
    bytes(memory?.totalBytes),
    contextSize === null ? '-' : formatCount(contextSize),
    `by ${SOURCES[source]}`,
  ];
}

function verdict({ fits, totalBytes, sum, memory }: PairEstimate): string {
  const machine = `${formatBytes(memory.totalBytes)}, ${formatBytes(memory.availableBytes)} of it free now`;
  if (sum === '') return 'Nothing of it runs on this machine.';
  switch (fits) {
    case 'yes':
      return `${formatBytes(totalBytes)} together: fits this machine (${machine}).`;
    case 'tight':
      return `${formatBytes(totalBytes)} together: fits this machine (${machine}) once other programs make room; until then everything becomes slow.`;
    case 'no':
      return `${formatBytes(totalBytes)} together: does not fit this machine (${machine}).`;
    case 'unknown':
      return `At least ${formatBytes(totalBytes)} together; of one model too little is known to tell whether it fits this machine (${machine}).`;
  }
}

function nearestLines({ nearest }: PairEstimate): readonly string[] {
  if (!nearest) return [];
  const { generator, mentor, totalBytes } = nearest;
  return [`The nearest pair that fits: --generator ${generator} --mentor ${mentor} (~${formatBytes(totalBytes)}).`];
}
