import type { RunRecord } from '../../../src/bench/run/runRecord.ts';

/** A run of the generator alone that got it right, unless the fields say otherwise. */
export function runRecord(fields: Partial<RunRecord> = {}): RunRecord {
  return {
    arm: 'generator',
    item: 'q0',
    seed: 1,
    answer: '0',
    isCorrect: true,
    stop: 'end',
    failure: null,
    steps: 4,
    mentorSteps: 0,
    decisions: [],
    tokens: {
      generator: { accepted: 6, decoded: 9, prefilled: 20 },
      mentor: { accepted: 0, decoded: 0, prefilled: 0 },
    },
    timeMs: 10,
    trace: null,
    page: null,
    ...fields,
  };
}
