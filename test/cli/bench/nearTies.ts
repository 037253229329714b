import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchReport, ItemRun } from '../../../src/bench/report/reportDocument.ts';
import type { Piece } from '../../../src/core/languageModel.ts';
import type { RunEvent } from '../../../src/core/runEvent.ts';
import { parseTrace } from '../../../src/protocol/traceText.ts';

/** A run that went otherwise in another bench. */
export interface RunDifference {
  readonly run: string;
  /** The first step at which anything differs; null where all that was written is the same. */
  readonly step: number | null;
  /** The least lead of a choice at that step, in nats; below about 0.1 rounding may choose otherwise. */
  readonly leastLead: number;
}

type StepEvent = Extract<RunEvent, { readonly step: number }>;

/** A bench that has been kept. */
export interface KeptReport {
  readonly folder: string;
  readonly report: BenchReport;
}

/** The runs of two benches that differ in more than time. */
export function runDifferences(a: KeptReport, b: KeptReport): readonly RunDifference[] {
  const runsOfB = new Map(runsOf(b).map((named) => [named.name, named.run]));
  return runsOf(a).flatMap(({ name, run }) => {
    const other = runsOfB.get(name);
    const [ours, theirs] = [eventsOf(a.folder, run), other ? eventsOf(b.folder, other) : []];
    const step = firstOtherStep(ours, theirs);
    if (step === null && other && isSameRun(run, other)) return [];
    return [{ run: name, step, leastLead: leastLeadAt(step, [...ours, ...theirs]) }];
  });
}

function runsOf({ report }: KeptReport): readonly { readonly name: string; readonly run: ItemRun }[] {
  return report.items.flatMap(({ id, runs }) => runs.map((run) => ({ name: `${run.arm}/${id}/${run.seed}`, run })));
}

function isSameRun({ timeMs: _a, ...a }: ItemRun, { timeMs: _b, ...b }: ItemRun): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function eventsOf(folder: string, { trace }: ItemRun): readonly RunEvent[] {
  return trace === null ? [] : parseTrace(readFileSync(join(folder, trace), 'utf8')).events;
}

/** Until there both have written the same, so that what differs was chosen at that step. */
function firstOtherStep(ours: readonly RunEvent[], theirs: readonly RunEvent[]): number | null {
  const [a, b] = [ours.filter(isOfStep), theirs.filter(isOfStep)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, other] = [a[index], b[index]];
    if (!one || !other || whatIsChosen(one) !== whatIsChosen(other)) return (one ?? other)?.step ?? null;
  }
  return null;
}

function isOfStep(event: RunEvent): event is StepEvent {
  return 'step' in event;
}

function whatIsChosen(event: StepEvent): string {
  switch (event.type) {
    case 'mentor-probed':
      return JSON.stringify([event.type, event.generatorWord.text, event.mentorWord?.text]);
    case 'patch-drafted':
      return JSON.stringify([event.type, event.by, event.patch.text]);
    case 'patch-verified':
      return JSON.stringify([event.type, event.winner]);
    case 'step-taken':
      return JSON.stringify([event.type, event.source, event.text]);
  }
}

function leastLeadAt(step: number | null, events: readonly RunEvent[]): number {
  return Math.min(Infinity, ...events.filter(isOfStep).flatMap((event) => (event.step === step ? leadsOf(event) : [])));
}

function leadsOf(event: StepEvent): readonly number[] {
  switch (event.type) {
    case 'mentor-probed':
      return leadsIn([...event.generatorWord.pieces, ...(event.mentorWord?.pieces ?? [])]);
    case 'patch-drafted':
      return leadsIn(event.patch.pieces);
    case 'patch-verified': {
      const [first, second] = (event.choice?.letters ?? []).map(({ logProbability }) => logProbability);
      return first === undefined || second === undefined ? [] : [Math.abs(first - second)];
    }
    case 'step-taken':
      return leadsIn(event.word.pieces);
  }
}

function leadsIn(pieces: readonly Piece[]): readonly number[] {
  return pieces.flatMap(({ lead }) => lead ?? []);
}
