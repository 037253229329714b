import type { Patch, Word } from '../core/languageModel.ts';
import type { Decision } from '../core/view/runView.ts';
import { escapeHtml } from './escapeHtml.ts';
import { formatProbability, formatScore } from './formatNumbers.ts';
import { describeOutcome, describeReason } from './runFacts.ts';
import { visibleText } from '../core/view/visibleText.ts';

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
  const { step, outcome, generatorWord, mentorWord } = decision;
  const took = outcome === 'tookMentor' ? ' class="took"' : '';
  return [
    `<li id="${decisionId(step)}"${took}>`,
    `<h3>Step ${step}: ${escapeHtml(describeOutcome(outcome))}${outcome === 'agreed' ? ` on ${pieceText(generatorWord.text)}` : ''}</h3>`,
    `<p class="quiet">Probed: ${escapeHtml(describeReason(decision.reason))}.${verdict(decision)}</p>`,
    outcome === 'agreed'
      ? ''
      : `<div class="pair">${side('Generator', generatorWord, decision.generatorPatch)}${side('Mentor', mentorWord, decision.mentorPatch)}</div>`,
    `<details><summary>Likeliest first pieces</summary>`,
    `<div class="pair">${candidates('Generator', generatorWord)}${mentorWord ? candidates('Mentor', mentorWord) : ''}</div>`,
    `</details>`,
    `</li>`,
  ].join('\n');
}

function verdict({ score, choice }: Decision): string {
  const said = choice ? ` The verifier wrote ${code(choice.greedyText)}.` : '';
  if (score === null) return said;
  const towards = score === 0 ? '' : ` (towards ${score > 0 ? 'the mentor' : 'the generator'})`;
  return `${said} Log-odds for the mentor: ${formatScore(score)} nats${towards}.`;
}

function side(author: string, word: Word | null, patch: Patch | null): string {
  const end = patch?.endsTurn === true ? ' <span class="quiet">(and ends)</span>' : '';
  const written = patch ? `<p>Patch: ${code(patch.text)}${end}</p>` : '';
  const begun = word ? `<p>Word: ${pieceText(word.text)}</p>` : '';
  const nothing = word || patch ? '' : '<p class="quiet">Wrote nothing.</p>';
  return `<div><strong>${author}</strong>${begun}${written}${nothing}</div>`;
}

function candidates(author: string, word: Word): string {
  const items = word.candidates.map(
    ({ text, logProbability }) => `<li>${pieceText(text)} ${formatProbability(logProbability)}</li>`,
  );
  return `<div><strong>${author}</strong><ul class="candidates">${items.join('')}</ul></div>`;
}

/** An empty piece is a control token, most often the end of the turn. */
function pieceText(text: string): string {
  return text === '' ? '<span class="quiet">the end</span>' : code(text);
}

function code(text: string): string {
  return `<code>${escapeHtml(visibleText(text))}</code>`;
}
