import type { ArmReport, BenchReport, PairReport } from './reportDocument.ts';
import { countOf } from './reportNumbers.ts';

/** How the numbers of a report were made: its method section, one paragraph each. */
export function methodWords(report: BenchReport): readonly string[] {
  return [
    countingWords(report),
    intervalWords(report.arms),
    ...(report.pairs.length > 0 ? [testWords(report.pairs)] : []),
    ...(report.arms.some(({ hasMentor }) => hasMentor) ? [mentorWords(report)] : []),
    `Time is the sum over runs as the clock of the machine told it; what ran at once shared the machine. Written by MentorCollab ${report.plan.version} from the data ${report.plan.data}; the hash of every model file stands in the table of models.`,
  ];
}

function countingWords({ plan: { seeds } }: BenchReport): string {
  const again =
    seeds.length > 1
      ? `an arm with chance in it was run once for each of the ${seeds.length} seeds ${seeds.join(', ')}, every other arm once`
      : `every arm was run once${seeds.length === 1 ? ` (seed ${seeds.join()})` : ''}`;
  return `n counts runs: each item counts in each arm as often as it was run there, and ${again}. Accuracy is the share of runs with the expected answer. Unparsed counts as wrong: a run in which no answer was found is a wrong one, and so is a run that failed with an error; neither is left out.`;
}

function intervalWords(arms: readonly ArmReport[]): string {
  const namesOf = (interval: ArmReport['interval']): readonly string[] =>
    arms.filter((arm) => arm.interval === interval).map(({ arm }) => arm);
  const [wilson, bootstrap] = [namesOf('wilson'), namesOf('bootstrap')];
  const parts = [
    wilson.length > 0 ? `Wilson's score interval where an item was run once (${wilson.join(', ')})` : null,
    bootstrap.length > 0
      ? `a percentile bootstrap of whole clusters where there were several runs an item or items hang together (${bootstrap.join(', ')}): all runs of one question, or all questions on one text, are drawn together, since several seeds of one question are not several questions`
      : null,
  ].filter((part) => part !== null);
  return parts.length === 0
    ? 'No arm has been run.'
    : `Intervals of an accuracy are at 95%: ${parts.join('; ')}. They tell how far the accuracy would move with other items of the same kind, not with other models or data.`;
}

function testWords(pairs: readonly PairReport[]): string {
  const tests = [
    pairs.some(({ test }) => test === 'mcnemar') ? "McNemar's exact test where an item was run once in both" : null,
    pairs.some(({ test }) => test === 'sign-flip') ? 'a sign-flip test over whole clusters elsewhere' : null,
  ].filter((test) => test !== null);
  return `Two arms are compared on the items that both have answered, and on the same seed where both have several. The interval of their difference at 95% comes from a paired bootstrap of whole clusters. p is two-sided, by ${tests.join(', and ')}; "p (Holm)" is adjusted for the ${countOf(pairs.length, 'comparison')} made. How many items would be needed is R. J. Connor's approximation (Biometrics 43, 1987) at 0.05 and 80% power, were the arms to go apart as often as they did here.`;
}

function mentorWords({ arms }: BenchReport): string {
  const calibrated = arms.some(({ calibration }) => calibration !== null)
    ? ' Calibration sets the probability that the verifier gave to the patch that it kept, at every divergence, against whether the answer of that run was right: a stand-in, since no one says of a patch itself whether it was right.'
    : '';
  return `Mentor share is the share of accepted tokens that the mentor wrote, over all runs of an arm; mentor step share is the share of steps that the mentor won, the counter of the paper's published code. A step is one word or one patch, counted from 0.${calibrated}`;
}
