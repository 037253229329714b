import type { ProbeReason } from '../../core/decision/decisionPolicy.ts';
import type { Usage } from '../../core/languageModel.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import type { Decision, Outcome } from '../../core/view/runView.ts';
import { changeClause, decidesStep } from './describeBranch.ts';
import type { SelectedStep } from './selectedStep.ts';
import { formatCount, formatModelTime, formatNats } from './numberFormats.ts';
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
    case 'positions':
      return 'Not probed: this step was not on the list of steps to probe.';
    case 'never':
      return header.mentor ? 'Not probed: from here on the mentor never is.' : 'Not probed: this run has no mentor.';
    case 'always':
      return 'Not probed.';
  }
}

/** What the verifier said and what follows from it, or what a branch did in spite of it. */
export function verdictSentence(decision: Decision, { change, taken }: Pick<SelectedStep, 'change' | 'taken'>): string {
  const { choice, outcome } = decision;
  if (outcome === 'agreed') return "Both wrote the same word, so the generator's was taken and no verifier was asked.";
  const consequence = outcome === 'tookMentor' ? "takes the mentor's patch" : "keeps the generator's patch";
  const said = choice && `The verifier said “${visibleText(choice.greedyText)}”`;
  if (change && decidesStep(change)) {
    return `${said ?? 'No verifier was asked'}, but the branch begins otherwise: ${changeClause(change, taken.source)}.`;
  }
  if (!choice || said === null) return `No verifier was asked: this run always ${consequence}.`;
  const letter = choice.greedyText.trim();
  return letter === 'A' || letter === 'B'
    ? `${said}, which ${consequence}.`
    : `${said}, which is neither A nor B and so ${consequence}.`;
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
