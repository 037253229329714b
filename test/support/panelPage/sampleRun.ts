import type { PanelRun } from '../../../src/protocol/panel.ts';
import { RunScript } from './runScript.ts';

export const SAMPLE_QUESTION =
  'Mia has 34 shells. She buys 5 packs with 6 shells in each pack. She gives 7 to Ben. Then she triples the number of shells. How many shells does Mia have now?';

/** Steps of the sample run that tests name. */
export interface SampleSteps {
  /** The mentor's patch was taken; it goes through a formula. */
  readonly taken: number;
  /** The mentor's patch was taken once more, near the end. */
  readonly takenLast: number;
  /** The generator's patch was kept. */
  readonly kept: number;
  /** Both agreed on a word. */
  readonly agreed: number;
  /** Both agreed that the text ends here. */
  readonly end: number;
}

/** A whole run in Markdown with formulas: mentor's, kept and agreed words, and an agreed end. */
export function sampleRun(runId = 'sample'): { readonly script: RunScript; readonly steps: SampleSteps } {
  const script = new RunScript(runId, SAMPLE_QUESTION);
  const at = (): number => script.lines.filter((line) => line.type === 'step-taken').length;
  script.write('Mia starts with 34 shells. The packs hold $5 \\times 6 =');
  const taken = at();
  script.diverge({
    generatorWord: ' 36$',
    mentorWord: ' 30$',
    generatorPatch: ' 36$ shells, so she has $34 + 36 =',
    mentorPatch: ' 30$ shells, so she has $34 + 30 =',
    letter: 'B',
    score: 2.3,
  });
  script.write(' 64$ shells.\n\n- She gives 7 to Ben, so');
  const agreed = at();
  script.agree(' 64').write(' - 7 = 57 are');
  const kept = at();
  script.diverge({
    generatorWord: ' left',
    mentorWord: ' still',
    generatorPatch: ' left over for her.\n- Then',
    mentorPatch: ' still hers. Now she',
    letter: ' C',
    score: -0.84,
  });
  script.write(' she **triples** the number:\n\n$$\n57 \\times 3 =');
  const takenLast = at();
  script.diverge({
    generatorWord: ' 151',
    mentorWord: ' 171',
    generatorPatch: ' 151\n$$\n\nThe answer',
    mentorPatch: ' 171\n$$\n\nThe answer',
    letter: 'B',
    score: 0.41,
  });
  script.write(' is');
  script.agree(' 171.');
  const end = at();
  script.agree('').end({ answer: '171' });
  return { script, steps: { taken, takenLast, kept, agreed, end } };
}

/** A run as the host would show it. */
export function panelRun(script: RunScript, changes: Partial<PanelRun> = {}): PanelRun {
  return {
    runId: script.runId,
    question: SAMPLE_QUESTION,
    generatorName: 'demo-small',
    mentorName: 'demo-mentor',
    preset: 'paper-free',
    lines: script.lines,
    state: { phase: 'done' },
    canReplace: false,
    notice: null,
    title: null,
    abilities: ['ask', 'branch', 'weigh', 'compare', 'insert'],
    parent: null,
    family: [],
    influence: null,
    hasMore: false,
    ...changes,
  };
}

/** A run of many words, of which every fourth is probed. */
export function longRun(words: number): RunScript {
  const script = new RunScript('long', 'Count.');
  for (let i = 0; i < words; i++) {
    const text = i % 40 === 39 ? `.\nLine ${i}` : ` word${i}`;
    if (i % 4 === 1) script.agree(text);
    else script.write(text);
  }
  return script;
}
