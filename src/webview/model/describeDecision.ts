import type { ProbeReason } from '../../core/decision/decisionPolicy.ts';
import type { Usage } from '../../core/languageModel.ts';
import { LEAST_SCORE, MOST_SCORE, readScore } from '../../core/verification/score.ts';
import type { VerificationName } from '../../core/verification/verificationPolicy.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import type { Decision, Outcome } from '../../core/view/runView.ts';
import { changeClause, decidesStep } from './describeBranch.ts';
import type { SelectedStep } from './selectedStep.ts';
import { formatCount, formatModelTime, formatNats, formatShare } from './numberFormats.ts';
import { visibleText } from '../../core/view/visibleText.ts';

/** A step's heading. */
export function stepTitle({ step, decision, taken, change }: SelectedStep): string {
  if (change && decidesStep(change)) return `Step ${step} · changed by the branch`;
  return `Step ${step} · ${decision ? OUTCOMES[decision.outcome] : `“${visibleText(taken.text.trim())}”, not probed`}`;
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  tookMentor: "the mentor's patch was taken",
  keptGenerator: "the generator's patch was kept",
  agreed: 'both models agreed',
};

/** What a mark in the text is called; the words go first, so that a list of marks reads like the text. */
export function markLabel(decision: Decision, text: string): string {
  const words = text.trim() === '' ? visibleText(text) : text.trim();
  return `${words}, ${MARKS[decision.outcome]}, step ${decision.step}`;
}

const MARKS: Readonly<Record<Outcome, string>> = {
  tookMentor: "mentor's words",
  keptGenerator: "generator's words kept at a divergence",
  agreed: 'both models agreed',
};

/** Why the mentor was asked here, with the numbers that decided. */
export function whyProbed(reason: ProbeReason): string {
  switch (reason.policy) {
    case 'random':
      return `Probed by chance: the draw ${shortNumber(reason.draw)} is below the probability ${shortNumber(reason.probability)}.`;
    case 'confidence':
      return `Probed: confidence ${shortNumber(reason.confidence)} below ${shortNumber(reason.threshold)}.`;
    case 'entropy':
      return `Probed: entropy ${shortNumber(reason.entropy)} nats, not below ${shortNumber(reason.threshold)}.`;
    case 'margin':
      return `Probed: the best piece led the second by ${shortNumber(reason.margin)}, below ${shortNumber(reason.threshold)}.`;
    case 'budget':
      return `Probed: entropy ${shortNumber(reason.entropy)} nats is in the top ${shortNumber(100 * reason.share)}% of the last words, which began at ${shortNumber(reason.threshold)}.`;
    case 'stepStart':
      if (reason.threshold === 0) return 'Probed: the first word of a sentence or line.';
      return `Probed: the first word of a sentence or line, entropy ${shortNumber(reason.entropy)} nats, not below ${shortNumber(reason.threshold)}.`;
    case 'surprise':
      return `Probed: the mentor prefers its own word by ${shortNumber(reason.surprise)} nats, more than ${shortNumber(reason.threshold)}.`;
    case 'positions':
      return 'Probed because this step was on the list of steps to probe.';
    case 'always':
      return 'Probed because every step is.';
  }
}

/** Why the mentor was not asked here, as far as the settings tell. */
export function whyNotProbed({ isShared }: SelectedStep, header: RunHeader | null): string {
  const decision = header?.settings.decision;
  if (isShared || !decision) return 'Not probed.';
  switch (decision.policy) {
    case 'random':
      return `Not probed: chance did not choose this word (probability ${shortNumber(decision.probability)}).`;
    case 'confidence':
      return `Not probed: the generator's confidence was not below ${shortNumber(decision.threshold)}.`;
    case 'entropy':
      return `Not probed: the entropy was below ${shortNumber(decision.threshold)} nats.`;
    case 'margin':
      return `Not probed: the best piece led the second by ${shortNumber(decision.threshold)} or more.`;
    case 'budget':
      return `Not probed: the entropy was not in the top ${shortNumber(100 * decision.share)}% of the last words.`;
    case 'stepStart':
      if (decision.threshold === 0) return 'Not probed: not the first word of a sentence or line.';
      return `Not probed: not the first word of a sentence or line, or its entropy was below ${shortNumber(decision.threshold)} nats.`;
    case 'surprise':
      return `Not probed: the mentor, which reads along, does not prefer a word of its own by more than ${shortNumber(decision.threshold)} nats.`;
    case 'positions':
      return 'Not probed: this step was not on the list of steps to probe.';
    case 'never':
      return header.mentor ? 'Not probed: from here on the mentor never is.' : 'Not probed: this run has no mentor.';
    case 'always':
      return 'Not probed.';
  }
}

/**
 * What the verifier said and what follows from it, or what a branch did in spite of it.
 *
 * @param verification - how the run verifies; null while its first line has not come.
 */
export function verdictSentence(
  decision: Decision,
  { change, taken }: Pick<SelectedStep, 'change' | 'taken'>,
  verification: VerificationName | null,
): string {
  const { outcome } = decision;
  if (outcome === 'agreed') return "Both wrote the same word, so the generator's was taken and no verifier was asked.";
  const said = finding(decision, verification);
  if (change && decidesStep(change)) {
    return `${said ?? 'No verifier was asked'}, but the branch begins otherwise: ${changeClause(change, taken.source)}.`;
  }
  const consequence = outcome === 'tookMentor' ? "takes the mentor's patch" : "keeps the generator's patch";
  if (said === null) return `No verifier was asked: this run always ${consequence}.`;
  const letter = decision.choice?.greedyText.trim();
  const isByLetter = verification !== 'letterSwapped' && verification !== 'score';
  const isOdd = isByLetter && letter !== undefined && letter !== 'A' && letter !== 'B';
  return isOdd ? `${said}, which is neither A nor B and so ${consequence}.` : `${said}, which ${consequence}.`;
}

/** What decided between two patches; null where it was settled beforehand. */
function finding({ choice, score }: Decision, verification: VerificationName | null): string | null {
  if (verification === 'coin') return 'A coin was thrown';
  if (verification === 'letterSwapped' && score !== null) {
    return `Asked in both orders, the verifier leaned towards ${score > 0 ? 'the mentor' : 'the generator'}`;
  }
  if (verification === 'confidence' && score !== null) {
    return score === 0
      ? 'Both were as sure of their words'
      : `The ${score > 0 ? 'mentor' : 'generator'} was surer of its word`;
  }
  if ((verification === 'confidence' || verification === 'halfAsSure') && score === null) {
    return 'A server does not tell how sure its model was of ending here';
  }
  if (verification === 'likelihood' && score !== null) {
    return score === 0
      ? 'Both patches are as likely to both models'
      : `Both models together hold the ${score > 0 ? "mentor's" : "generator's"} patch for likelier`;
  }
  if (verification === 'halfAsSure' && score !== null) {
    return `The mentor was ${score > 0 ? '' : 'not '}more than half as sure of its word as the generator`;
  }
  if (verification === 'score' && choice !== null) return scoreFinding(choice.greedyText);
  if ((verification === 'mlp' || verification === 'logistic') && score !== null) {
    return `The trained verifier gives the generator's patch a chance of ${formatShare(1 / (1 + Math.exp(score)))}`;
  }
  return choice && `The verifier said “${visibleText(choice.greedyText)}”`;
}

/** What the judge of a patch made of it. */
function scoreFinding(greedyText: string): string {
  const score = readScore(greedyText);
  if (score === null)
    return `Asked for a score, the judge wrote “${visibleText(greedyText)}”, which is none and counts as 0`;
  const side = score < LEAST_SCORE ? 'below' : 'at least';
  return `The generator's patch was given the score ${score} of ${MOST_SCORE}, ${side} ${LEAST_SCORE}`;
}

/** The verifier's log-odds for the mentor, in nats, with their direction in words. */
export function logOddsSentence(score: number): string {
  const size = formatNats(Math.abs(score));
  if (size === '0.00') return 'Log-odds 0.00, even';
  return `Log-odds ${size} towards the ${score > 0 ? 'mentor' : 'generator'}`;
}

/** Tokens and time of one model at one step. */
export function costSentence(usage: Usage): string {
  return `${formatCount(usage.decoded, 'token')} decoded, ${usage.prefilled.toLocaleString('en')} read, ${formatModelTime(usage.timeMs)}`;
}

/** As few decimals as tell the number apart, at most four. */
function shortNumber(value: number): string {
  return String(Number(value.toFixed(value < 0.1 ? 4 : 2)));
}
