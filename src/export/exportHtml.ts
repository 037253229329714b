import type { Decision, Segment } from '../core/view/runView.ts';
import { viewRun } from '../core/view/runView.ts';
import { escapeHtml } from './escapeHtml.ts';
import { formatCount } from './formatNumbers.ts';
import { decisionId, htmlDecisions } from './htmlDecisions.ts';
import { htmlTimeline } from './htmlTimeline.ts';
import { HTML_STYLE, HTML_STYLE_HASH } from './htmlStyle.ts';
import type { Fact } from './runFacts.ts';
import { numberFacts, questionOf, settingFacts } from './runFacts.ts';
import type { RunRecord } from './runRecord.ts';
import { solveResult } from './solveResult.ts';

/**
 * A run as one HTML page that needs nothing else: no scripts, no requests (its own policy forbids both), light or dark
 * as the reader's system is. The mentor's segments are underlined and tinted, and lead to their decisions, as do the
 * marks of the timeline.
 */
export function exportHtml(record: RunRecord): string {
  const { header, events } = record;
  const view = viewRun(events);
  const question = questionOf(header);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${HTML_STYLE_HASH}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(titleOf(question))}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
<p class="quiet">A run of MentorCollab, ${escapeHtml(header.startedAt)}</p>
<h1>${escapeHtml(question)}</h1>
${damageNote(record)}<h2>Solution</h2>
<div class="solution">${solution(view.segments, view.decisions)}</div>
<p class="legend quiet"><span class="mentor">The mentor's words</span>, <span class="agreed">probed and agreed</span>, <span class="kept">the generator's patch kept</span>; each leads to its decision.</p>
${htmlTimeline(view, header.branch?.step ?? null)}<h2>Numbers</h2>
${factTable(numberFacts(record))}
${tokenTable(record)}
<h2>Decisions</h2>
${htmlDecisions(view.decisions)}
<h2>Settings</h2>
${factTable(settingFacts(record))}
<h2>Prompts as sent</h2>
<h3>Generator</h3>
<pre>${escapeHtml(header.generator.promptAsSent)}</pre>
${header.mentor ? `<h3>Mentor</h3>\n<pre>${escapeHtml(header.mentor.promptAsSent)}</pre>` : ''}
</main>
</body>
</html>
`;
}

const LONGEST_TITLE = 80;

function titleOf(question: string): string {
  const line = question.trim().replace(/\s+/g, ' ');
  const short = line.length > LONGEST_TITLE ? `${Array.from(line).slice(0, LONGEST_TITLE).join('')}…` : line;
  return `${short} – MentorCollab`;
}

function damageNote({ damage }: RunRecord): string {
  if (!damage) return '';
  return `<p class="warning" role="note">The trace is damaged at line ${damage.line}; this is what stands before it. ${escapeHtml(damage.message)}</p>\n`;
}

function solution(segments: readonly Segment[], decisions: readonly Decision[]): string {
  const decided = new Map(decisions.map((decision) => [decision.step, decision]));
  return segments.map((segment) => marked(segment, decided.get(segment.step))).join('');
}

const MARKS = {
  agreed: { name: 'agreed', label: 'Probed; both models agreed' },
  keptGenerator: { name: 'kept', label: "A divergence; the generator's patch was kept" },
  tookMentor: { name: 'mentor', label: 'From the mentor' },
} as const;

function marked({ step, text }: Segment, decision: Decision | undefined): string {
  if (!decision) return escapeHtml(text);
  const { name, label } = MARKS[decision.outcome];
  const inner = text.trim();
  if (inner === '') return escapeHtml(text);
  const spoken = escapeHtml(`${inner} (${label}, step ${step})`);
  const link = `<a class="${name}" href="#${decisionId(step)}" title="${label}, step ${step}" aria-label="${spoken}">${escapeHtml(inner)}</a>`;
  // White space stays outside the mark: an underlined gap reads like a word left out.
  const start = text.indexOf(inner);
  return text.slice(0, start) + link + text.slice(start + inner.length);
}

function factTable(facts: readonly Fact[]): string {
  const rows = facts.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

function tokenTable({ events }: RunRecord): string {
  const { tokens } = solveResult(events);
  const row = (author: 'generator' | 'mentor'): string => {
    const { accepted, decoded, prefilled } = tokens[author];
    const cells = [accepted, decoded, prefilled].map((count) => `<td class="number">${formatCount(count)}</td>`);
    return `<tr><th scope="row">${author}</th>${cells.join('')}</tr>`;
  };
  return `<table>
<thead><tr><th scope="col">Tokens</th><th scope="col" class="number">accepted</th><th scope="col" class="number">decoded</th><th scope="col" class="number">prefilled</th></tr></thead>
<tbody>${row('generator')}${row('mentor')}</tbody>
</table>`;
}
