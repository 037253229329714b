import { formatBytes } from '../../core/formatBytes.ts';
import type { MachineMemory } from '../../core/modelMemory.ts';
import { describeBackend } from '../../diagnosis/describeBackend.ts';
import type { Catalogue } from '../../models/catalogue/catalogue.ts';
import { fittingPairs } from '../../models/catalogue/fittingPairs.ts';
import { usableMemoryBytes } from '../../models/catalogue/roughMemory.ts';
import type { GpuChoice } from '../../protocol/engine.ts';
import type { EngineBackend } from '../../protocol/engineStatus.ts';

/** What is known of this machine. */
export interface MachineCheck {
  readonly memory: MachineMemory;
  /** Logical cores. */
  readonly cores: number;
  readonly backend: EngineBackend | null;
  /** Whether graphics processors may be used. */
  readonly gpu: GpuChoice;
  /** Why no model can be computed here; null when they can. */
  readonly problem: string | null;
  readonly catalogue: Catalogue;
  /** Tokens of context for each model; null for the default. */
  readonly contextSize: number | null;
}

/** Pairs that are named; there are more in the list to choose from. */
const NAMED_PAIRS = 3;

/** What this machine can do, in a headline and a few lines. */
export function machineSummary(check: MachineCheck): { readonly headline: string; readonly detail: string } {
  const { memory, cores, backend, gpu, problem } = check;
  const { totalBytes, availableBytes } = memory;
  const lines = [
    `Memory: ${formatBytes(totalBytes)}, ${formatBytes(availableBytes)} of it free now. Processor: ${cores} cores.`,
    ...(problem === null ? [] : [problem]),
    ...(backend === null ? [] : [`Models are computed on ${describeBackend(backend, gpu)}`]),
    ...pairLines(check),
    'The demo pair fits any machine, needs no download and works offline, on its own kinds of made-up problems.',
  ];
  const headline =
    problem === null ? 'MentorCollab works on this machine.' : 'No model can be run on this machine yet.';
  return { headline, detail: lines.join('\n\n') };
}

function pairLines({ catalogue, memory, contextSize }: MachineCheck): readonly string[] {
  const pairs = fittingPairs(catalogue, usableMemoryBytes(memory.totalBytes), contextSize).filter(
    ({ pair }) => pair.memoryGiB !== null,
  );
  if (pairs.length === 0) return ['None of the suggested pairs fits its memory; models on a server take none of it.'];
  const names = pairs.slice(0, NAMED_PAIRS).map(({ generator, mentor, totalBytes }) => {
    const size = totalBytes === null ? '' : ` (about ${formatBytes(totalBytes)})`;
    return `• ${generator.name} + ${mentor.name}${size}`;
  });
  const more = pairs.length - names.length;
  return [['Pairs that fit:', ...names, ...(more > 0 ? [`• and ${more} more`] : [])].join('\n')];
}
