import type { Decision, Segment } from '../core/view/runView.ts';
import { viewRun } from '../core/view/runView.ts';
import { escapeMarkdown, escapeMarkdownCell } from './escapeMarkdown.ts';
import { formatCount, formatScore } from './formatNumbers.ts';
import { describeOutcome, numberFacts, questionOf, settingFacts } from './runFacts.ts';
import type { RunRecord } from './runRecord.ts';
import { solveResult } from './solveResult.ts';
import { visibleText } from '../core/view/visibleText.ts';

/**
 * A run as Markdown (CommonMark with tables). The mentor's segments are wrapped in `<ins>`, which shows underlined;
 * everything a model or a user wrote shows as the text it is.
 */
export function exportMarkdown(record: RunRecord): string {
  const { header, events, damage } = record;
  const view = viewRun(events);
  const { tokens } = solveResult(events);
  const tokenRow = (author: 'generator' | 'mentor'): readonly string[] => [
    author,
    ...[tokens[author].accepted, tokens[author].decoded, tokens[author].prefilled].map(formatCount),
  ];
  const parts = [
    '# A run of MentorCollab',
    quoted(questionOf(header)),
    damage &&
      `**The trace is damaged at line ${damage.line}; this is what stands before it.** ${escapeMarkdown(damage.message)}`,
    '## Solution',
    solution(view.segments),
    '<ins>Underlined</ins>: from the mentor.',
    '## Numbers',
    table(['', ''], numberFacts(record)),
    table(['tokens', 'accepted', 'decoded', 'prefilled'], [tokenRow('generator'), tokenRow('mentor')]),
    '## Decisions',
    decisionTable(view.decisions),
    '## Settings',
    table(['', ''], settingFacts(record)),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function quoted(text: string): string {
  return lines(escapeMarkdown(text.trim()))
    .map((line) => `> ${line}`)
    .join('\n');
}

/** A line break of the text is a hard one; an empty line would end the paragraph, and an underlined stretch with it. */
function lines(escaped: string): readonly string[] {
  const all = escaped.split(/\r\n|\r|\n/);
  return all.map((line, index) => (index === all.length - 1 ? line : `${line === '' ? '&nbsp;' : line}\\`));
}

/** Segments are joined before they are escaped: a sign's meaning depends on where its line begins. */
function solution(segments: readonly Segment[]): string {
  const runs = joinBySource(segments);
  const first = runs.findIndex(({ text }) => text.trim() !== '');
  if (first < 0) return '*(no text)*';
  let isLineStart = true;
  const escaped = runs.slice(first).map(({ isMentor, text }, index) => {
    const own = index === 0 ? text.trimStart() : text;
    const body = escapeMarkdown(own, isLineStart);
    isLineStart = /[\n\r]$/.test(own);
    return isMentor ? underlined(body) : body;
  });
  return lines(escaped.join('').trimEnd()).join('\n');
}

/** Underlines each line by itself, without the white space around it. */
function underlined(text: string): string {
  return text.replace(/[^\r\n]+/g, (line) => {
    const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/.exec(line) ?? [];
    return inner === '' ? line : `${before}<ins>${inner}</ins>${after}`;
  });
}

function joinBySource(segments: readonly Segment[]): readonly { readonly isMentor: boolean; readonly text: string }[] {
  const joined: { isMentor: boolean; text: string }[] = [];
  for (const { source, text } of segments) {
    const isMentor = source === 'mentor';
    const last = joined.at(-1);
    if (last?.isMentor === isMentor) joined[joined.length - 1] = { isMentor, text: last.text + text };
    else joined.push({ isMentor, text });
  }
  return joined;
}

function decisionTable(decisions: readonly Decision[]): string {
  if (decisions.length === 0) return 'The mentor was never probed.';
  const rows = decisions.map((decision) => [
    String(decision.step),
    visibleText(decision.generatorWord.text),
    decision.mentorWord ? visibleText(decision.mentorWord.text) : '',
    describeOutcome(decision.outcome),
    decision.generatorPatch ? visibleText(decision.generatorPatch.text) : '',
    decision.mentorPatch ? visibleText(decision.mentorPatch.text) : '',
    decision.score === null ? '' : formatScore(decision.score),
  ]);
  const head = ['step', 'generator', 'mentor', 'outcome', "generator's patch", "mentor's patch", 'score'];
  return `${table(head, rows)}\n\nScore: log-odds for the mentor's patch in nats. ␣ is a space, ↵ a line break.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdownCell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
