import { formatBytes } from '../../core/formatBytes.ts';
import { formatCount } from '../../export/formatNumbers.ts';
import { DEFAULT_CONTEXT_TOKENS } from '../../models/defaultContextTokens.ts';
import { terminalText } from '../terminalText.ts';
import { textTable } from '../textTable.ts';
import type { ListedModel, ListedPair, ModelList, OwnModel } from './modelList.ts';

/** A list of models and pairs for people. */
export function modelListText({ memory, models, ownModels, pairs }: ModelList): string {
  const context = formatCount(memory.contextSize ?? DEFAULT_CONTEXT_TOKENS);
  const parts = [
    textTable(['model', 'state', 'thinks', 'kind', 'licence', 'files', 'memory', 'fits'], models.map(modelRow), 5),
    ...(ownModels.length > 0
      ? [textTable(['own model', 'state', 'from', 'file', 'files'], ownModels.map(ownRow), 4)]
      : []),
    textTable(['pair for', 'generator', 'mentor', 'fits', 'memory'], pairs.map(pairRow), 4),
    `* a generator of the paper's experiments; ~ an estimate, and in memory a rough one, with up to ${context} tokens of context for each model. ` +
      `"fits" means within ${formatBytes(memory.usableBytes)}, which leaves the rest of ${formatBytes(memory.machineBytes)} to the system and other programs.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function modelRow(model: ListedModel): string[] {
  const { id, state, thinking, kind, licence, bytes, hasExactSize, memoryBytes, fits, isPaperGenerator } = model;
  return [
    isPaperGenerator ? `${id} *` : id,
    state,
    thinking,
    kind,
    licence.name,
    bytes === null ? '?' : `${hasExactSize ? '' : '~'}${formatBytes(bytes)}`,
    roughly(memoryBytes),
    yesOrNo(fits),
  ];
}

function ownRow({ id, state, origin, path, bytes }: OwnModel): string[] {
  return [onOneLine(id), state, origin, onOneLine(path), formatBytes(bytes)];
}

/** Names of files on the disk are anyone's. */
function onOneLine(name: string): string {
  return terminalText(name).replace(/[\n\t]/g, ' ');
}

function pairRow({ memoryGiB, generator, mentor, memoryBytes, fits, description }: ListedPair): string[] {
  const size = memoryGiB === null ? 'any' : `${memoryGiB} GiB`;
  return [size, generator, mentor, yesOrNo(fits), roughly(memoryBytes), description];
}

function roughly(bytes: number | null): string {
  return bytes === null ? '?' : `~${formatBytes(bytes)}`;
}

function yesOrNo(fits: boolean | null): string {
  if (fits === null) return '?';
  return fits ? 'yes' : 'no';
}
