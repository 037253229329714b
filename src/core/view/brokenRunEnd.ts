import { extractAnswer } from '../answer/extractAnswer.ts';
import type { Usage } from '../languageModel.ts';
import { NO_USAGE, usageTogether } from '../languageModel.ts';
import type { RunEnded, RunEvent } from '../runEvent.ts';
import type { Author } from '../verification/verdict.ts';
import { viewRun } from './runView.ts';

/** How a run ended that could not say it itself. */
export type Interruption = Pick<RunEnded, 'stop' | 'failure'>;

/**
 * The end of a run that broke off before it wrote one, from the events that are there. Its costs are those of the steps
 * that were told of: what an unfinished step cost is lost.
 */
export function brokenRunEnd(events: readonly RunEvent[], interruption: Interruption): RunEnded {
  const { text, counts } = viewRun(events);
  const verifier = verifierSpent(events);
  const usage = {
    generator: spent(events, 'generator'),
    mentor: spent(events, 'mentor'),
    ...(verifier && { verifier }),
  };
  const mentorSteps = events.filter((event) => event.type === 'step-taken' && event.source === 'mentor').length;
  const tokens = (author: Author): RunEnded['tokens'][Author] => ({
    accepted: counts.acceptedTokens[author],
    decoded: usage[author].decoded,
    prefilled: usage[author].prefilled,
  });
  return {
    type: 'run-ended',
    stop: interruption.stop,
    failure: interruption.failure,
    answer: extractAnswer(text),
    steps: counts.steps,
    tokens: {
      generator: tokens('generator'),
      mentor: tokens('mentor'),
      ...(verifier && { verifier: { accepted: 0, decoded: verifier.decoded, prefilled: verifier.prefilled } }),
    },
    mentorShare: counts.mentorShare,
    mentorStepShare: counts.steps === 0 ? 0 : mentorSteps / counts.steps,
    usage,
    timeMs: usage.generator.timeMs + usage.mentor.timeMs + (verifier?.timeMs ?? 0),
  };
}

/** The generator reads its prompt before the first step, so that no step's cost has it; the mentor within one. */
function spent(events: readonly RunEvent[], author: Author): Usage {
  const costs = events.flatMap((event) => {
    if (event.type === 'step-taken') return [event.cost[author]];
    const isOutsideSteps = event.type === 'prompt-read' && author === 'generator' && event.by === 'generator';
    return isOutsideSteps ? [event.cost] : [];
  });
  return costs.reduce(usageTogether, NO_USAGE);
}

/** Null where no verifier of its own took part. */
function verifierSpent(events: readonly RunEvent[]): Usage | null {
  const costs = events.flatMap((event) =>
    event.type === 'step-taken' && event.cost.verifier ? [event.cost.verifier] : [],
  );
  return costs.length === 0 ? null : costs.reduce(usageTogether, NO_USAGE);
}
