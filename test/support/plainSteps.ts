import fc from 'fast-check';
import { NO_USAGE } from '../../src/core/languageModel.ts';
import type { StepTaken } from '../../src/core/runEvent.ts';
import type { Decision, Outcome } from '../../src/core/view/runView.ts';
import { TimelineSeries } from '../../src/core/view/timeline/timelineSeries.ts';

/** What matters of a step to a timeline. */
export interface PlainStep {
  readonly probability: number | null;
  readonly entropy: number | null;
  readonly outcome: Outcome | null;
}

/** Any step. */
export const plainStep: fc.Arbitrary<PlainStep> = fc.record({
  probability: fc.option(fc.double({ min: 0.001, max: 1, noNaN: true })),
  entropy: fc.option(fc.double({ min: 0, max: 12, noNaN: true })),
  outcome: fc.option(fc.constantFrom<Outcome[]>('agreed', 'keptGenerator', 'tookMentor')),
});

/** The steps as a run takes them. */
export function plainSteps(steps: readonly PlainStep[]): readonly StepTaken[] {
  return steps.map(({ probability, entropy }, step) => {
    const pieces =
      probability === null
        ? []
        : [{ text: ` word${step}`, logProbability: Math.log(probability), lead: 1, candidates: [] }];
    return {
      type: 'step-taken',
      step,
      source: 'generator',
      text: ` word${step}`,
      tokens: 1,
      word: { text: ` word${step}`, pieces, candidates: [], entropy },
      dropped: false,
      cost: { generator: NO_USAGE, mentor: NO_USAGE },
    };
  });
}

/** The series of the steps. */
export function seriesOfSteps(steps: readonly PlainStep[]): TimelineSeries {
  const series = new TimelineSeries();
  for (const [index, taken] of plainSteps(steps).entries()) {
    const outcome = steps[index]?.outcome ?? null;
    series.add(taken, outcome && decisionOf(taken, outcome));
  }
  return series;
}

function decisionOf({ step, word, cost }: StepTaken, outcome: Outcome): Decision {
  return {
    step,
    reason: { policy: 'always' },
    generatorWord: word,
    mentorWord: word,
    outcome,
    generatorPatch: null,
    mentorPatch: null,
    score: null,
    suffix: null,
    choice: null,
    cost,
  };
}
