import { formatBytes } from '../../../core/formatBytes.ts';
import type { LoadedModel } from '../../../protocol/engineStatus.ts';
import type { ModelMemory } from '../../models/modelsSnapshot.ts';

/** Whether a model is loaded, and what it takes or will take in memory. */
export function memoryWords(loaded: LoadedModel | null, memory: ModelMemory | null): string {
  if (loaded === null) return memory ? `not loaded · about ${formatBytes(memory.bytes)}` : 'not loaded';
  const { actualBytes, estimatedBytes } = loaded;
  return `loaded · ${actualBytes === null ? `about ${formatBytes(estimatedBytes)}` : formatBytes(actualBytes)}`;
}

/** Rows of a tooltip on a model's memory: what was expected, and what came. */
export function memoryRows(
  loaded: LoadedModel | null,
  memory: ModelMemory | null,
): readonly (readonly [string, string | null])[] {
  const source = memory?.isRough === true ? 'a rough sum from the catalogue' : 'by the file’s header';
  const expected = loaded ? formatBytes(loaded.estimatedBytes) : memory && `${formatBytes(memory.bytes)}, ${source}`;
  const actual = loaded && (loaded.actualBytes === null ? 'not measured' : formatBytes(loaded.actualBytes));
  return [
    ['Memory, estimated', expected],
    ['Memory, actual', actual],
    ['Context', loaded && `${loaded.contextSize.toLocaleString('en-US')} tokens`],
  ];
}
