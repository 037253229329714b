import type { ComparedArm, ComparedRun, ComparisonContent } from '../../../src/protocol/compare.ts';
import { RunScript } from './runScript.ts';
import { SAMPLE_QUESTION, sampleRun } from './sampleRun.ts';

/** A column of a run that is over. */
export function comparedRun(arm: ComparedArm, script: RunScript, changes: Partial<ComparedRun> = {}): ComparedRun {
  const titles = { generator: 'Generator alone', mentor: 'Mentor alone', pair: 'Pair' } as const;
  return {
    columnId: arm,
    arm,
    title: titles[arm],
    detail: null,
    question: SAMPLE_QUESTION,
    runId: script.runId,
    generatorName: arm === 'mentor' ? 'demo-mentor' : 'demo-small',
    mentorName: arm === 'pair' ? 'demo-mentor' : null,
    preset: arm === 'pair' ? 'paper-free' : 'one model alone',
    state: { phase: 'done' },
    answerGroup: null,
    isBranch: false,
    remark: null,
    lines: script.lines,
    ...changes,
  };
}

/** A text written by one model alone. */
export function aloneRun(runId: string, text: string, answer: string): RunScript {
  return new RunScript(runId, SAMPLE_QUESTION).write(text).end({ answer, timeMs: 620 });
}

export const GENERATOR_TEXT =
  'Mia starts with 34 shells. The packs hold $5 \\times 6 = 36$ shells, so she has $34 + 36 = 70$ shells.\n\n- She gives 7 to Ben, so 70 - 7 = 63 are left over for her.\n- Then she **triples** the number:\n\n$$\n63 \\times 3 = 189\n$$\n\nThe answer is 189.';
export const MENTOR_TEXT =
  'Mia starts with 34 shells. The packs hold $5 \\times 6 = 30$ shells, so she has $34 + 30 = 64$ shells.\n\nThen 64 - 7 = 57 are left. Three times that many:\n\n$$\n57 \\times 3 = 171\n$$\n\nThe answer is 171.';

/** The sample question by generator, mentor and pair, all over. */
export function sampleComparison(changes: Partial<ComparisonContent> = {}): ComparisonContent {
  return {
    progress: { phase: 'done', message: null, canResume: false },
    columns: [
      comparedRun('generator', aloneRun('alone-1', GENERATOR_TEXT, '189'), { answerGroup: 0 }),
      comparedRun('mentor', aloneRun('alone-2', MENTOR_TEXT, '171'), { answerGroup: 1 }),
      comparedRun('pair', sampleRun('pair').script, { answerGroup: 1 }),
    ],
    ...changes,
  };
}
