import { gainOf, generatorAlone, mentoredArms } from './armsOf.ts';
import type { BenchReport, PairReport } from './reportDocument.ts';
import {
  countOf,
  countText,
  pointsIntervalText,
  pointsText,
  probabilityText,
  shareIntervalText,
  shareText,
} from './reportNumbers.ts';

/** What a bench has asked of what, in a sentence. */
export function planWords({ plan, arms, items }: BenchReport): string {
  const seeds =
    plan.seeds.length === 0 ? '' : `; ${plan.seeds.length === 1 ? 'seed' : 'seeds'} ${plan.seeds.join(', ')}`;
  const domains = countOf(plan.domains.length, 'domain');
  return `${countOf(items.length, 'item')} in ${domains}, ${countOf(arms.length, 'arm')}${seeds}; MentorCollab ${plan.version}.`;
}

/** What to know before reading a bench that is not whole; null for one that is. */
export function missingWords({ missing }: BenchReport): string | null {
  if (missing <= 0) return null;
  return `This bench is not whole: ${countOf(missing, 'run')} of it ${missing === 1 ? 'is' : 'are'} missing. All numbers are of the runs there are, and arms may stand on different items; pairs are compared on the items that both have answered.`;
}

/** What the bench has found, a sentence for each arm of both models. */
export function findingWords(report: BenchReport): readonly string[] {
  const alone = generatorAlone(report);
  return mentoredArms(report)
    .filter(({ report: { n } }) => n > 0)
    .map(({ report: arm }) => {
      const own = `${arm.arm}: ${shareText(arm.accuracy)} right (${shareIntervalText(arm)})`;
      const gain = alone ? gainOf(report, arm.arm) : null;
      return gain && gain.n > 0 ? `${own}, ${gainWords(gain)}` : `${own}.`;
    });
}

function gainWords(gain: PairReport): string {
  const { n, difference, pHolm } = gain;
  const told = pHolm < 0.05 ? 'is told from chance' : 'could be chance';
  const p = probabilityText(pHolm);
  return `${pointsText(difference)} points against the generator alone on the same ${countOf(n, 'item')} (${pointsIntervalText(gain)}). The difference ${told}: p after Holm's adjustment ${p.startsWith('<') ? p : `= ${p}`}.${neededWords(gain)}`;
}

function neededWords({ itemsNeeded, n }: PairReport): string {
  if (itemsNeeded === null) return '';
  return ` About ${countOf(itemsNeeded, 'item')} would be needed to tell such a difference; there were ${countText(n)}.`;
}

/** A verifier's calibration in a sentence. */
export function calibrationWords({
  count,
  brier,
  error,
  auc,
}: {
  readonly count: number;
  readonly brier: string;
  readonly error: string;
  readonly auc: string;
}): string {
  return `${countOf(count, 'divergence')}. Brier score ${brier} (mean squared distance of probability and outcome; 0 is best). Expected calibration error ${error} (mean distance of a bin's probability and its share of right runs; 0 is best). AUC ${auc} (how often something right scores above something wrong; 0.5 is chance, 1 is best).`;
}
