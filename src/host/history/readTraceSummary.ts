import type { RunEnded } from '../../core/runEvent.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import { questionOf } from '../../export/runFacts.ts';
import { runEndedSchema, runEventSchema } from '../../protocol/trace.ts';
import { TraceReader } from '../../protocol/traceReader.ts';
import { presetName } from '../runs/presetName.ts';
import { runPhase } from '../runs/runPhase.ts';
import { INTERRUPTED } from '../runs/runStore.ts';
import { stateOfEnd } from '../runs/stateOfEnd.ts';
import type { FileSnapshot } from '../traceFile/fileContent.ts';
import type { TraceSummary } from './runSummary.ts';

/** The first piece of a file that is read, in bytes; a header is longer only with a long question. */
const HEAD_BYTES = 16 * 2 ** 10;

/** Longest header that is read, in bytes: the longest question three times, each sign of it escaped. */
const LONGEST_HEAD_BYTES = 8 * 2 ** 20;

/** How much of a file's end is read, in bytes; the last line of a run is shorter by far. */
const TAIL_BYTES = 32 * 2 ** 10;

/** How a trace ends, as its last lines tell. */
type TraceEnd =
  | { readonly type: 'ended'; readonly ended: RunEnded }
  | { readonly type: 'open' }
  | { readonly type: 'damaged'; readonly problem: string };

/**
 * What a trace file says of its run, from its first line and its last ones, however long it is between.
 *
 * @returns null for a file that is no trace, or has no whole line yet.
 */
export async function readTraceSummary(runId: string, file: FileSnapshot): Promise<TraceSummary | null> {
  const first = await firstLine(file);
  if (first === null) return null;
  const reader = new TraceReader();
  const [header] = reader.read(`${first}\n`);
  if (header?.type === 'run-started') return summaryOf(header, await endOf(file), { runId, file });
  const isTrace = first.slice(0, HEAD_BYTES).includes('"run-started"');
  return isTrace ? damagedSummary(runId, file, reader.damage?.message ?? 'Its first line can’t be read.') : null;
}

/** The first line that is not blank, without its line feed; null when none is whole. */
async function firstLine(file: FileSnapshot): Promise<string | null> {
  for (let bytes = HEAD_BYTES; ; bytes *= 8) {
    const text = new TextDecoder().decode(await file.read(0, Math.min(bytes, file.sizeBytes))).trimStart();
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
    if (bytes >= Math.min(file.sizeBytes, LONGEST_HEAD_BYTES)) return null;
  }
}

/** A line that is being written, or was cut off, is passed over, and so are events that a newer version has added. */
async function endOf(file: FileSnapshot): Promise<TraceEnd> {
  const start = Math.max(0, file.sizeBytes - TAIL_BYTES);
  const text = new TextDecoder().decode(await file.read(start, file.sizeBytes));
  const lines = text.slice(start > 0 ? text.indexOf('\n') + 1 : 0, text.lastIndexOf('\n') + 1).split('\n');
  for (const line of lines.reverse()) {
    const end = line.trim() === '' ? null : endIn(line);
    if (end) return end;
  }
  return { type: 'open' };
}

/** What a line says of the end; null for an event that is not known. */
function endIn(line: string): TraceEnd | null {
  const type = typeIn(line);
  if (type === null) return { type: 'damaged', problem: 'Its last line is none of a trace.' };
  if (type !== 'run-ended') return KNOWN_TYPES.has(type) ? { type: 'open' } : null;
  const parsed = runEndedSchema.safeParse(JSON.parse(line));
  return parsed.success
    ? { type: 'ended', ended: parsed.data }
    : { type: 'damaged', problem: 'Its last line is not as it should be.' };
}

const KNOWN_TYPES: ReadonlySet<string> = new Set([
  'run-started',
  ...runEventSchema.options.map((option) => option.shape.type.value),
]);

function typeIn(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
      ? value.type
      : null;
  } catch {
    // What is no JSON is no line of a trace; nothing more is to be said of it.
    return null;
  }
}

function summaryOf(
  header: RunHeader,
  end: TraceEnd,
  { runId, file }: { runId: string; file: FileSnapshot },
): TraceSummary {
  const ended = end.type === 'ended' ? end.ended : null;
  const startedAtMs = Date.parse(header.startedAt);
  return {
    runId,
    question: questionOf(header),
    startedAtMs: Number.isNaN(startedAtMs) ? file.changedAtMs : startedAtMs,
    phase: end.type === 'damaged' ? 'damaged' : ended ? phaseOfEnd(ended) : 'interrupted',
    isOpen: end.type === 'open',
    answer: ended?.answer ?? null,
    mentorShare: ended?.mentorShare ?? null,
    steps: ended?.steps ?? null,
    taken: ended && Math.round(ended.mentorStepShare * ended.steps),
    timeMs: ended?.timeMs ?? null,
    generatorName: header.generator.model.name,
    mentorName: header.mentor?.model.name ?? null,
    preset: presetName(header),
    branch: header.branch,
    sizeBytes: file.sizeBytes,
    problem: end.type === 'damaged' ? end.problem : (ended?.failure?.message ?? null),
  };
}

function damagedSummary(runId: string, file: FileSnapshot, problem: string): TraceSummary {
  return {
    runId,
    question: '',
    startedAtMs: file.changedAtMs,
    phase: 'damaged',
    isOpen: false,
    answer: null,
    mentorShare: null,
    steps: null,
    taken: null,
    timeMs: null,
    generatorName: null,
    mentorName: null,
    preset: null,
    branch: null,
    sizeBytes: file.sizeBytes,
    problem,
  };
}

/** How a run ended, from its last event. */
function phaseOfEnd(ended: RunEnded): TraceSummary['phase'] {
  const isInterrupted = ended.stop === 'failed' && ended.failure?.message === INTERRUPTED.message;
  return isInterrupted ? 'interrupted' : runPhase(stateOfEnd(ended));
}
