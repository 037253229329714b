import type { Influence, PanelRun, RelatedRun } from '../../../src/protocol/panel.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import { RunScript } from './runScript.ts';
import { panelRun, SAMPLE_QUESTION, sampleRun } from './sampleRun.ts';

const { script: parent, steps } = sampleRun('parent');
const BRANCH = { parentRunId: 'parent', step: steps.taken, change: { type: 'other-patch' } } as const;

/** Text that the sample run and its branch share. */
export const SHARED_TEXT = 'Mia starts with 34 shells. The packs hold $5 \\times 6 =';

/** The sample run's whole text. */
export const PARENT_TEXT = viewRun(parent.lines.filter((line) => line.type !== 'run-started')).text;

/** The trace of a branch of the sample run, in which the generator's patch was taken instead of the mentor's. */
export function branchScript(): RunScript {
  const script = new RunScript('branch', SAMPLE_QUESTION);
  script.write(SHARED_TEXT);
  script.diverge({
    generatorWord: ' 36$',
    mentorWord: ' 30$',
    generatorPatch: ' 36$ shells, so she has $34 + 36 =',
    mentorPatch: ' 30$ shells, so she has $34 + 30 =',
    letter: 'B',
    score: 2.3,
    isOverruled: true,
  });
  return script.write(' 70$ shells. The answer is').agree(' 189.').agree('').end({ answer: '189' });
}

/** The lines of a script as a branch's. */
export function asBranch(script: RunScript): readonly TraceLine[] {
  return script.lines.map((line) => (line.type === 'run-started' ? { ...line, branch: BRANCH } : line));
}

/** A tree of four runs; `branch` is the one on show. */
export const SAMPLE_FAMILY: readonly RelatedRun[] = [
  {
    runId: 'parent',
    title: SAMPLE_QUESTION,
    branch: null,
    depth: 0,
    phase: 'done',
    answer: '171',
    answerChanged: null,
  },
  {
    runId: 'branch',
    title: SAMPLE_QUESTION,
    branch: BRANCH,
    depth: 1,
    phase: 'done',
    answer: '189',
    answerChanged: true,
  },
  {
    runId: 'deeper',
    title: SAMPLE_QUESTION,
    branch: { parentRunId: 'branch', step: 15, change: { type: 'with-mentor' } },
    depth: 2,
    phase: 'running',
    answer: null,
    answerChanged: null,
  },
  {
    runId: 'without',
    title: SAMPLE_QUESTION,
    branch: { parentRunId: 'parent', step: 3, change: { type: 'without-mentor' } },
    depth: 1,
    phase: 'stopped',
    answer: '171',
    answerChanged: false,
  },
];

/** A branch of the sample run as the host would show it. */
export function panelBranch(changes: Partial<PanelRun> = {}): PanelRun {
  const script = branchScript();
  return panelRun(script, {
    lines: asBranch(script),
    parent: { runId: 'parent', text: PARENT_TEXT, answer: '171' },
    family: SAMPLE_FAMILY,
    ...changes,
  });
}

/** Both of the sample run's interventions flipped, of which one changed the answer. */
export const SAMPLE_INFLUENCE: Influence = {
  phase: 'done',
  total: 2,
  flipped: [
    { step: steps.taken, runId: 'flip-1', phase: 'done', answer: '189', answerChanged: true },
    { step: steps.takenLast, runId: 'flip-2', phase: 'done', answer: '171', answerChanged: false },
  ],
  message: null,
};
