import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Branch } from '../../../src/core/branch/branch.ts';
import type { RunSummary } from '../../../src/host/history/runSummary.ts';
import { traceFileName } from '../../../src/host/runs/traceFileName.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { formatTraceLine } from '../../../src/protocol/traceText.ts';
import { scriptedTrace } from './scriptedTrace.ts';

export interface KeptRun {
  readonly question?: string;
  readonly startedAt?: string;
  readonly branch?: Branch | null;
  /** Lines that are left out at the end. */
  readonly cutLines?: number;
  /** When the file was written, in epoch milliseconds; long ago by default. */
  readonly writtenAtMs?: number;
}

/** Keeps a scripted run as its trace file in a folder. */
export async function keepRun(folder: string, runId: string, kept: KeptRun = {}): Promise<readonly TraceLine[]> {
  const { question, startedAt = '2026-01-02T03:04:05.000Z', branch = null, cutLines = 0, writtenAtMs = 1_000 } = kept;
  const [header, ...events] = await scriptedTrace(runId, question);
  if (header?.type !== 'run-started') throw new Error('A trace begins with its header.');
  const lines = [{ ...header, startedAt, branch }, ...events].slice(0, cutLines === 0 ? undefined : -cutLines);
  writeRunFile(folder, runId, lines.map(formatTraceLine).join(''), writtenAtMs);
  return lines;
}

/** Writes anything as a run's trace file. */
export function writeRunFile(folder: string, runId: string, text: string | Uint8Array, writtenAtMs = 1_000): void {
  const path = join(folder, traceFileName(runId));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
  utimesSync(path, writtenAtMs / 1_000, writtenAtMs / 1_000);
}

/** A branch at step 1 that goes on without the mentor. */
export function branchFrom(parentRunId: string): Branch {
  return { parentRunId, step: 1, change: { type: 'without-mentor' } };
}

/** A run as lists know it, with whatever a test wants otherwise. */
export function summaryOf(runId: string, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    runId,
    question: 'What is 2 + 2?',
    title: null,
    startedAtMs: 0,
    phase: 'done',
    isOpen: false,
    answer: '4',
    mentorShare: 0.172,
    steps: 10,
    taken: 1,
    timeMs: 1_500,
    generatorName: 'demo-small',
    mentorName: 'demo-mentor',
    preset: 'paper-free',
    branch: null,
    sizeBytes: 2_500,
    problem: null,
    ...changes,
  };
}
