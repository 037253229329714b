import type { ReliabilityWords } from '../../report/html/plots/reliabilityFigures.ts';
import { countOf, countText, decimalText, shareIntervalText, shareText } from '../../report/reportNumbers.ts';
import type { JudgeReport, TrainingReport } from '../trainingDocument.ts';

/** How a report calls a verification. */
export function judgeName(name: string): string {
  return NAMES[name] ?? name;
}

const NAMES: Readonly<Record<string, string>> = {
  mlp: 'mlp (trained)',
  logistic: 'logistic (trained)',
  letter: 'letter (published)',
  alwaysMentor: "always the mentor's",
  alwaysGenerator: "always the generator's",
};

/** The words of a reliability figure of a training. */
export const RELIABILITY_WORDS: ReliabilityWords = {
  probability: "Verifier's probability of the generator's patch, 0 to 1",
  share: 'Generator’s branch was right, %',
  key: 'On the dashed line, a verifier is right as often as it says. The bars count the held-out divergences of which one branch answered right.',
};

/** What was trained on what, in a sentence. */
export function trainingPlanWords({ plan, counts, models }: TrainingReport): string {
  return `${models.generator.name} with ${models.mentor.name}, ${countText(counts.questions)} of ${countOf(plan.questions, 'question')} of ${plan.data}; seed ${plan.seed}; MentorCollab ${plan.version}.`;
}

/** What the training has found, a sentence each. */
export function trainingFindings(report: TrainingReport): readonly string[] {
  const { counts, judges } = report;
  const telling = counts.favourGenerator + counts.favourMentor;
  const found = [
    `Of ${countOf(counts.tried, 'divergence')} that were run both ways, ${countText(telling)} had one branch right and the other wrong: ${countText(counts.favourMentor)} times the mentor's, ${countText(counts.favourGenerator)} times the generator's. Only these teach anything.`,
    ...judges.filter(({ isTrained }) => isTrained).map((judge) => judgeWords(judge)),
  ];
  const caution = cautionWords(judges);
  return caution === null ? found : [...found, caution];
}

function judgeWords({ name, accuracy, interval, n, keptGenerator, calibration }: JudgeReport): string {
  return `${judgeName(name)}: keeps the right patch in ${shareText(accuracy)} of ${countOf(n, 'held-out divergence')} (${shareIntervalText(interval)}), the generator's in ${shareText(keptGenerator)}; AUC ${decimalText(calibration?.auc ?? null)}.`;
}

/** What to know where a fixed choice is as good as what was trained; null where it is not. */
function cautionWords(judges: readonly JudgeReport[]): string | null {
  const mlp = judges.find(({ name }) => name === 'mlp');
  const fixed = judges.filter(({ name }) => name === 'alwaysMentor' || name === 'alwaysGenerator');
  const best = fixed.toSorted((a, b) => b.correct - a.correct)[0];
  if (!mlp || !best || mlp.correct > best.correct) return null;
  return `On the held-out divergences the MLP is no better than keeping ${best.name === 'alwaysMentor' ? "the mentor's" : "the generator's"} patch always: it has learnt which model to trust, and not where. More questions, or another generator, may tell more.`;
}

/** How the figures came about, a paragraph each. */
export function trainingMethod({ plan, examples }: TrainingReport): readonly string[] {
  return [
    `Each question was run once by the pair: ${plan.settings}. For up to ${countOf(plan.mostDivergences, 'divergence')} of a question, drawn by chance, two branches took one patch each, and the generator finished both alone. A divergence is labelled by which of the two answers right; where both or neither do, it is left out.`,
    `${shareText(plan.heldOutShare)} of the questions were held out with all their divergences, and nothing was learnt from them: all figures are of these ${countOf(examples.heldOut, 'divergence')}. The MLP learnt from ${countText(examples.training)} others and stopped by ${countText(examples.stopping)} more; the logistic model learnt from both.`,
    'Both classes count the same while the MLP learns, and its bias is set right for their shares afterwards. A probability above 0.5 keeps the generator’s patch. The letter and the other untrained verifications are judged by their scores on the same divergences; the published letter keeps the generator’s patch also where it names neither.',
  ];
}
