import type { ProbeReason } from '../../core/decision/decisionPolicy.ts';
import type { Usage } from '../../core/languageModel.ts';
import type { Decision, Outcome } from '../../core/view/runView.ts';
import type { SelectedStep } from './selectedStep.ts';
import { formatCount, formatModelTime, formatNats } from './numberFormats.ts';
import { visibleText } from './visibleText.ts';

/** A step's heading. */
export function stepTitle({ step, decision, taken }: SelectedStep): string {
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

/** What the verifier said and what follows from it. */
export function verdictSentence(decision: Decision): string {
  const { choice, outcome } = decision;
  if (outcome === 'agreed') return "Both wrote the same word, so the generator's was taken and no verifier was asked.";
  const consequence = outcome === 'tookMentor' ? "takes the mentor's patch" : "keeps the generator's patch";
  if (!choice) return `No verifier was asked: this run always ${consequence}.`;
  const said = `The verifier said “${visibleText(choice.greedyText)}”`;
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
