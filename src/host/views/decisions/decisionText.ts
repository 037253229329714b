import type { Usage } from '../../../core/languageModel.ts';
import { whyShareIsZero } from '../../../core/view/shareReason.ts';
import type { Decision, Outcome, RunCounts } from '../../../core/view/runView.ts';
import { visibleText } from '../../../core/view/visibleText.ts';
import { escapeMarkdown } from '../../../export/escapeMarkdown.ts';
import { formatCount, formatScore, formatTime } from '../../../export/formatNumbers.ts';
import { describeOutcome, describeReason } from '../../../export/runFacts.ts';
import type { DecisionsSoFar } from '../../selection/decisionLog.ts';
import type { DecisionGroup } from './decisionTree.ts';
import type { OutcomeFilter } from './outcomeFilter.ts';
import { OUTCOMES } from './outcomeFilter.ts';

/** Longest text of a model in one line of the view, in UTF-16 units. */
const LONGEST_WORD = 40;
const LONGEST_PATCH = 400;

/** Whose words went on, for the end of a narrow line. */
const WINNERS: Readonly<Record<Outcome, string>> = {
  tookMentor: 'mentor',
  keptGenerator: 'generator',
  agreed: 'agreed',
};

/** Outcomes in few words. */
const SHORT_OUTCOMES: Readonly<Record<Outcome, string>> = {
  tookMentor: "took mentor's",
  keptGenerator: "kept generator's",
  agreed: 'agreed',
};

/** The words of a decision: both where they differ, the generator's where the mentor was asked for none. */
export function wordsLabel({ generatorWord, mentorWord, outcome }: Decision): string {
  if (outcome === 'agreed' || !mentorWord) return wordText(generatorWord.text);
  const trimmed = [wordText(generatorWord.text), wordText(mentorWord.text)] as const;
  // Words that differ in their blanks alone are shown with them.
  const [generator, mentor] =
    trimmed[0] === trimmed[1] ? [visibleText(generatorWord.text), visibleText(mentorWord.text)] : trimmed;
  return `${clipped(generator, LONGEST_WORD)} → ${clipped(mentor, LONGEST_WORD)}`;
}

/** Where a decision stands, the score that decided, and what became of it, which its icon says as well where there is no room. */
export function decisionDescription({ step, outcome, score }: Decision): string {
  return [`step ${step}`, ...(score === null ? [] : [formatScore(score)]), WINNERS[outcome]].join(' · ');
}

/** A decision as it is read out. */
export function spokenDecision(decision: Decision): string {
  const { step, outcome, score, generatorWord, mentorWord } = decision;
  const words =
    outcome === 'agreed' || !mentorWord
      ? wordText(generatorWord.text)
      : `generator ${wordText(generatorWord.text)}, mentor ${wordText(mentorWord.text)}`;
  return [`Step ${step}`, words, describeOutcome(outcome), ...(score === null ? [] : [scoreSentence(score)])].join(
    ', ',
  );
}

/** Everything about a decision, as Markdown; what the models wrote shows as the text it is. */
export function decisionTooltip(decision: Decision): string {
  const { step, outcome, reason, score, choice, cost } = decision;
  const costs = [
    `generator ${costSentence(cost.generator)}`,
    `mentor ${costSentence(cost.mentor)}`,
    ...(cost.verifier ? [`verifier ${costSentence(cost.verifier)}`] : []),
  ];
  const said = choice ? `, and the verifier wrote “${escaped(choice.greedyText)}”` : '';
  return [
    `**Step ${step}: ${describeOutcome(outcome)}**`,
    `Probed: ${escapeMarkdown(describeReason(reason), false)}.`,
    ...patchLines(decision),
    ...(score === null ? [] : [`Score: ${scoreSentence(score)}${said}.`]),
    `Cost: ${costs.join('; ')}.`,
  ].join('\n\n');
}

function patchLines({ outcome, generatorPatch, mentorPatch, generatorWord }: Decision): readonly string[] {
  if (outcome === 'agreed') return [`Both wrote: ${escaped(generatorWord.text)}`];
  return [
    ...(generatorPatch ? [`Generator's patch: ${escaped(generatorPatch.text)}`] : []),
    ...(mentorPatch ? [`Mentor's patch: ${escaped(mentorPatch.text)}`] : []),
  ];
}

/** What a group holds. */
export function groupText({ leaves }: DecisionGroup): { readonly label: string; readonly description: string } {
  const steps = [leaves[0], leaves.at(-1)].map((leaf) => leaf?.decision.step ?? 0);
  const taken = leaves.filter(({ decision }) => decision.outcome === 'tookMentor').length;
  return { label: `Steps ${steps.join('–')}`, description: `${counted(leaves.length, 'decision')} · ${taken} taken` };
}

/** What a run's decisions come to, in one line. */
export function summaryLine({ counts, ended }: Pick<DecisionsSoFar, 'counts' | 'ended'>): string {
  if (counts.probes === 0 && ended) return ['No probes', whyShareIsZero(counts) ?? []].flat().join(': ');
  if (counts.probes === 0) return 'No probes yet';
  return `${counted(counts.probes, 'probe')} · ${counted(counts.divergences, 'divergence')} · ${counts.taken} taken`;
}

/** What a filter shows of a run and what it hides; null when it hides nothing. */
export function filterLine(filter: OutcomeFilter, counts: RunCounts): string | null {
  const hidden = OUTCOMES.filter((outcome) => !filter.has(outcome) && countOf(counts, outcome) > 0);
  if (hidden.length === 0) return null;
  const parts = hidden.map((outcome) => ({ count: countOf(counts, outcome), outcome: SHORT_OUTCOMES[outcome] }));
  const shown = counts.probes - parts.reduce((sum, { count }) => sum + count, 0);
  const list = parts.map(({ count, outcome }) => `${formatCount(count)} ${outcome}`).join(', ');
  return `Showing ${formatCount(shown)} of ${formatCount(counts.probes)}, hidden: ${list}`;
}

/** How many decisions of a run had an outcome. */
export function countOf(counts: RunCounts, outcome: Outcome): number {
  switch (outcome) {
    case 'agreed':
      return counts.agreed;
    case 'tookMentor':
      return counts.taken;
    case 'keptGenerator':
      return counts.divergences - counts.taken;
  }
}

function scoreSentence(score: number): string {
  const towards = score === 0 ? 'even' : `towards the ${score > 0 ? 'mentor' : 'generator'}`;
  return `log-odds ${formatScore(score)} nats, ${towards}`;
}

function costSentence({ decoded, prefilled, timeMs }: Usage): string {
  return `${counted(decoded, 'token')} decoded, ${formatCount(prefilled)} read, ${formatTime(timeMs)}`;
}

/** A word without the blanks around it, which nearly every word has; a model that writes none ends the text. */
function wordText(text: string): string {
  if (text === '') return '(end)';
  return clipped(visibleText(text.trim() === '' ? text : text.trim()), LONGEST_WORD);
}

function escaped(text: string): string {
  return escapeMarkdown(clipped(visibleText(text), LONGEST_PATCH), false);
}

function clipped(text: string, length: number): string {
  if (text.length <= length) return text;
  // Half a character would show as a box.
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function counted(count: number, one: string): string {
  return `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`;
}
