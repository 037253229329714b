import { escapeMarkdown } from '../../export/escapeMarkdown.ts';
import { formatShare, formatTime } from '../../export/formatNumbers.ts';
import { branchTitle, branchWords, modelPair } from '../compare/describeColumn.ts';
import type { KeptPhase, RunSummary } from './runSummary.ts';
import { runTitle } from './runSummary.ts';

/** What a line of the view shows, in characters: of a question, of a user's title, and of an answer. */
const LONGEST_LABEL = 22;
const LONGEST_TITLE_SHOWN = 40;
const LONGEST_ANSWER = 30;
/** Longest question or remark that a tooltip shows, in characters. */
const LONGEST_TEXT = 1_000;

/** A state's picture, one of VS Code's product icons, and the colour that goes with it; never told by colour alone. */
export interface PhaseIcon {
  readonly icon: string;
  /** Null for the colour of text. */
  readonly color: string | null;
}

/** The pictures of all states, each of a shape of its own. */
export const PHASE_ICONS: Readonly<Record<KeptPhase, PhaseIcon>> = {
  running: { icon: 'loading~spin', color: null },
  done: { icon: 'pass', color: 'charts.green' },
  stopped: { icon: 'stop-circle', color: null },
  failed: { icon: 'error', color: 'list.errorForeground' },
  interrupted: { icon: 'debug-disconnect', color: 'list.warningForeground' },
  damaged: { icon: 'warning', color: 'list.warningForeground' },
};

/** A run's state and what came of it, in few words, such as `done · 36 · 17.2% mentor`. */
export function runDescription(run: RunSummary, answerChanged: boolean | null): string {
  const { phase, mentorName, mentorShare, answer, steps } = run;
  if (phase === 'damaged') return phase;
  const facts = [
    phase,
    phase === 'running' ? (steps === null ? null : `${steps} steps`) : shortAnswer(answer),
    phase === 'done' && answer === null ? 'no answer' : null,
    answerChanged === null ? null : answerChanged ? 'answer changed' : 'same answer',
    mentorName === null || mentorShare === null ? null : `${formatShare(mentorShare)} mentor`,
  ];
  return facts.filter((fact) => fact !== null).join(' · ');
}

/** What a run is called in the tree: a branch below its parent by what it does otherwise, unless it has a title. */
export function runName(run: RunSummary, parent: RunSummary | null): string {
  return parent && run.branch && run.title === null ? branchTitle(run.branch) : runTitle(run);
}

/** The same, with room beside it for the run's state in a view as wide as most are: that a title is cut short, too. */
export function runLabel(run: RunSummary, parent: RunSummary | null): string {
  if (run.title !== null) return shortened(runTitle(run), LONGEST_TITLE_SHOWN);
  if (parent && run.branch) return `Step ${run.branch.step}: ${branchWords(run.branch)}`;
  return shortened(runTitle(run), LONGEST_LABEL);
}

/** When a run began, as people of that language write it. */
export function startTime({ startedAtMs }: RunSummary, language: string): string {
  return new Date(startedAtMs).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}

export interface TooltipOptions {
  readonly language: string;
  readonly parent: RunSummary | null;
  /** Probes of the run; null when they are not known, since only the whole trace tells them. */
  readonly probes: number | null;
}

/** Everything that is known of a run, in Markdown in which nothing of a trace has a meaning. */
export function runTooltip(run: RunSummary, { language, parent, probes }: TooltipOptions): string {
  const { title, question, problem, branch } = run;
  const rows = tooltipRows(run, probes, language);
  return [
    ...(title === null ? [] : [`**${escapeMarkdown(title, false)}**`]),
    question === '' ? '_The question can’t be read._' : escapeMarkdown(shortened(question, LONGEST_TEXT)),
    ...(problem === null ? [] : [escapeMarkdown(shortened(problem, LONGEST_TEXT))]),
    ...(branch === null ? [] : [branchSentence(run, parent)]),
    rows.map(([name, value]) => `- ${name}: ${escapeMarkdown(value, false)}`).join('\n'),
  ].join('\n\n');
}

function tooltipRows(run: RunSummary, probes: number | null, language: string): readonly (readonly [string, string])[] {
  const { phase, answer, mentorShare, generatorName, mentorName, steps, taken, timeMs, preset, sizeBytes } = run;
  const rows: readonly (readonly [string, string | null])[] = [
    ['State', phase],
    [
      'Answer',
      phase === 'damaged' ? null : shortened(answer ?? '', LONGEST_TEXT) || (phase === 'done' ? 'none found' : null),
    ],
    ['Models', generatorName === null ? null : modelPair(generatorName, mentorName)],
    ['Preset', preset],
    ['Mentor share', mentorName === null || mentorShare === null ? null : formatShare(mentorShare)],
    ['Steps', steps === null ? null : String(steps)],
    ['Probes', probes === null ? null : String(probes)],
    ['Taken from the mentor', mentorName === null || taken === null ? null : String(taken)],
    ['Time', timeMs === null ? null : formatTime(timeMs)],
    [phase === 'damaged' ? 'Last written' : 'Started', startTime(run, language)],
    ['Trace', sizeBytes === 0 ? null : formatSize(sizeBytes)],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

function branchSentence({ branch }: RunSummary, parent: RunSummary | null): string {
  if (branch === null) return '';
  const of = parent
    ? `of “${escapeMarkdown(shortened(runTitle(parent), 60), false)}”`
    : 'of a run that is no longer kept';
  return `${branchTitle(branch)}, ${of}.`;
}

export interface LabelParts {
  readonly name: string;
  readonly description: string;
  readonly language: string;
}

/** What a screen reader says of a run. */
export function runAccessibleLabel(run: RunSummary, { name, description, language }: LabelParts): string {
  return [name, ...description.split(' · '), `started ${startTime(run, language)}`].join(', ');
}

function shortAnswer(answer: string | null): string | null {
  const text = answer?.replace(/\s+/g, ' ').trim() ?? '';
  return text === '' ? null : shortened(text, LONGEST_ANSWER);
}

/** The beginning of a text, cut between characters. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${Array.from(text.slice(0, most)).slice(0, -1).join('').trimEnd()}…` : text;
}

function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
