import type { Patch, Word } from '../core/languageModel.ts';
import type { Decision } from '../core/view/runView.ts';
import { escapeHtml } from './escapeHtml.ts';
import { formatProbability, formatScore } from './formatNumbers.ts';
import { describeOutcome, describeReason } from './runFacts.ts';
import { visibleText } from './visibleText.ts';

/** The id that a step's entry in the list of decisions has, for links from the text. */
export function decisionId(step: number): string {
  return `step-${step}`;
}

/** All decisions of a run as a list. */
export function htmlDecisions(decisions: readonly Decision[]): string {
  if (decisions.length === 0) return '<p class="quiet">The mentor was never probed.</p>';
  return `<ol class="decisions">\n${decisions.map(htmlDecision).join('\n')}\n</ol>`;
}

function htmlDecision(decision: Decision): string {
  const took = decision.outcome === 'tookMentor' ? ' class="took"' : '';
  return [
    `<li id="${decisionId(decision.step)}"${took}>`,
    `<h3>Step ${decision.step}: ${escapeHtml(describeOutcome(decision.outcome))}</h3>`,
    `<p class="quiet">Probed: ${escapeHtml(describeReason(decision.reason))}.${verdict(decision)}</p>`,
    `<div class="pair">`,
    side('Generator', decision.generatorWord, decision.generatorPatch),
    side('Mentor', decision.mentorWord, decision.mentorPatch),
    `</div>`,
    `</li>`,
  ].join('\n');
}

function verdict({ score, choice }: Decision): string {
  const said = choice ? ` The verifier wrote ${code(choice.greedyText)}.` : '';
  if (score === null) return said;
  const towards = score === 0 ? '' : ` (towards ${score > 0 ? 'the mentor' : 'the generator'})`;
  return `${said} Log-odds for the mentor: ${formatScore(score)} nats${towards}.`;
}

function side(author: string, word: Word, patch: Patch | null): string {
  const candidates = word.candidates.map(
    ({ text, logProbability }) => `<li>${code(text)} ${formatProbability(logProbability)}</li>`,
  );
  const end = patch?.endsTurn === true ? ' <span class="quiet">(and ends)</span>' : '';
  return [
    `<div><strong>${author}</strong>`,
    `<p>Word: ${word.text === '' ? '<span class="quiet">end of the text</span>' : code(word.text)}</p>`,
    patch ? `<p>Patch: ${code(patch.text)}${end}</p>` : '',
    candidates.length > 0
      ? `<ul class="candidates" aria-label="Likeliest first pieces">${candidates.join('')}</ul>`
      : '',
    `</div>`,
  ].join('');
}

function code(text: string): string {
  return `<code>${escapeHtml(visibleText(text))}</code>`;
}
