import { fileSource } from '../../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { cancelledError } from '../../../src/core/errors.ts';
import type { RunHeader } from '../../../src/core/runHeader.ts';
import { Emitter } from '../../../src/host/emitter.ts';
import { InfluenceStudies } from '../../../src/host/influence/influenceStudies.ts';
import { RunController } from '../../../src/host/runs/runController.ts';
import { RunStore } from '../../../src/host/runs/runStore.ts';
import type { Influence, RelatedRun } from '../../../src/protocol/panel.ts';
import { FakeEngine } from './fakeEngine.ts';
import { writeRun } from './helpedRun.ts';
import { ManualScheduler } from './manualScheduler.ts';
import { MemoryInRam } from './memoryInRam.ts';
import { RecordingLog } from './recordingLog.ts';

let ids = 0;

/** Studies over a fake engine, with traces in a folder. */
export function createStudies(folder: string, values: Record<string, unknown> = {}) {
  const engine = new FakeEngine();
  const store = new RunStore(folder, new MemoryInRam());
  const sources = {
    readSetting: (name: string) => values[name],
    resolveModel: (reference: string) => fileSource(`/models/${reference}`),
    mayLoad: () => true,
  };
  const runs = new RunController({
    ...{ engine, store, ...sources, scheduler: new ManualScheduler(), log: new RecordingLog() },
    now: () => 0,
    newRunId: () => `flip-${ids++}`,
  });
  const family: RelatedRun[] = [];
  const relations = { titleOf: () => null, familyOf: () => family, onDidChange: new Emitter<void>().event };
  const consent = {
    asked: [] as RunHeader[],
    isGiven: true,
    obtain(header: RunHeader): Promise<void> {
      this.asked.push(header);
      return this.isGiven ? Promise.resolve() : Promise.reject(cancelledError());
    },
  };
  const studies = new InfluenceStudies({ ...sources, runs, relations, consent });
  return { engine, store, runs, studies, family, consent, values };
}

/** Lets the flips asked of the engine so far be these many, and the last of them write its text and end. */
export async function finish(engine: FakeEngine, flips: number): Promise<void> {
  await until(() => engine.solves.length === flips);
  const { request, listener, end } = engine.last;
  const lines = await writeRun(request);
  listener.onLines(lines);
  const last = lines.at(-1);
  assert.ok(last?.type === 'run-ended');
  end(last);
}

/** The same for three flips, one after the other. */
export async function finishAll(engine: FakeEngine): Promise<void> {
  for (const flips of [1, 2, 3]) await finish(engine, flips);
}

/** Lets everything that is under way go on until this holds; traces are written to real files. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** What a study tells of each flip, in its order. */
export const rows = ({ flipped }: Influence) =>
  flipped.map(({ step, phase, answer, answerChanged }) => [step, phase, answer, answerChanged]);
