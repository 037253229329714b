import type { TokenCounts } from '../../../core/runEvent.ts';
import { whyShareIsZero } from '../../../core/view/shareReason.ts';
import { isActive } from '../../../protocol/isActive.ts';
import { describeState } from '../../model/describeState.ts';
import { formatModelTime, formatRate, formatShare } from '../../model/numberFormats.ts';
import type { ColumnModel } from './columnModel.ts';

/** One cell of the figures. */
export interface FigureCell {
  readonly value: string;
  /** What it is measured against, or why it is 0; null when there is nothing to add. */
  readonly detail: string | null;
  /** How it stands against the reference; null where that is not compared. */
  readonly compared: 'same' | 'different' | null;
}

/** One line of the figures: a cell for each column. */
export interface FigureRow {
  readonly id: string;
  readonly label: string;
  /** What the label does not say by itself; null when it says all. */
  readonly explanation: string | null;
  readonly cells: readonly FigureCell[];
}

/** Lines that belong together, under a name of their own; null for the first ones. */
export interface FigureGroup {
  readonly title: string | null;
  readonly rows: readonly FigureRow[];
}

const NONE: FigureCell = { value: '–', detail: null, compared: null };

/** The figures of all columns, aligned. */
export function figureGroups(columns: readonly ColumnModel[], reference: number): readonly FigureGroup[] {
  const row = (id: string, label: string, cellOf: (model: ColumnModel, index: number) => FigureCell): FigureRow => ({
    ...{ id, label, explanation: null },
    cells: columns.map((model, i) => (model.column.state === null ? NONE : cellOf(model, i))),
  });
  const time = row('time', 'Time', (model, i) => timeCell(model, i === reference ? null : columns[reference]));
  const hasBranch = columns.some(({ column }) => column.isBranch);
  return [
    {
      title: null,
      rows: [
        row('answer', 'Answer', (model, i) => answerCell(model, i === reference ? null : columns[reference])),
        row('share', 'Mentor share', shareCell),
        row('steps', 'Steps', ({ view }) => plain(view.counts.steps)),
        row('probes', 'Probes', ({ view: { counts }, column }) =>
          column.mentorName === null
            ? NONE
            : { ...plain(counts.probes), detail: `${counts.divergences} diverged, ${counts.taken} taken` },
        ),
        { ...time, explanation: hasBranch ? 'a branch counts from its first step of its own' : null },
        row('stop', 'Ended', stopCell),
      ],
    },
    ...modelNames(columns).map((name) => ({
      title: `Tokens of ${name}`,
      rows: TOKEN_ROWS.map(([kind, label]) => ({
        ...row(`${name}-${kind}`, label, (model) => tokenCell(model, name, kind)),
      })),
    })),
  ];
}

const TOKEN_ROWS: readonly (readonly [keyof TokenCounts, string])[] = [
  ['accepted', 'Accepted'],
  ['decoded', 'Decoded'],
  ['prefilled', 'Prefilled'],
];

/** All models, each once, in the order in which the columns name them. */
function modelNames(columns: readonly ColumnModel[]): readonly string[] {
  const names = columns.flatMap(({ column }) => [column.generatorName, column.mentorName]);
  return [...new Set(names.filter((name) => name !== null))];
}

/** Tokens of a model whatever its part: alone, the mentor writes as the loop's generator. */
function tokenCell(model: ColumnModel, name: string, kind: keyof TokenCounts): FigureCell {
  const { generatorName, mentorName } = model.column;
  const parts = [
    ...(generatorName === name ? [model.tokensOf('generator')] : []),
    ...(mentorName === name ? [model.tokensOf('mentor')] : []),
  ];
  if (parts.length === 0) return NONE;
  return plain(parts.reduce((sum, tokens) => sum + tokens[kind], 0));
}

function answerCell(model: ColumnModel, reference: ColumnModel | null | undefined): FigureCell {
  const { ended } = model.view;
  if (!ended) return { ...NONE, detail: 'not yet' };
  const group = model.column.answerGroup;
  const referenceGroup = reference?.view.ended ? reference.column.answerGroup : null;
  const compared = group === null || referenceGroup === null ? null : group === referenceGroup ? 'same' : 'different';
  return { value: ended.answer ?? '–', detail: ended.answer === null ? 'none found' : null, compared };
}

function shareCell({ view, column }: ColumnModel): FigureCell {
  if (column.mentorName === null) return { ...NONE, detail: 'one model alone' };
  const why = view.ended ? whyShareIsZero(view.counts) : null;
  return { value: formatShare(view.counts.mentorShare), detail: why, compared: null };
}

function timeCell(model: ColumnModel, reference: ColumnModel | null | undefined): FigureCell {
  const cell = { ...NONE, value: formatModelTime(model.timeMs) };
  if (!reference?.view.ended || !model.view.ended || reference.timeMs <= 0) return cell;
  return { ...cell, detail: `${formatRate(model.timeMs / reference.timeMs)} × reference` };
}

const STOP_WORDS = {
  end: 'by itself',
  maxTokens: 'at the token limit',
  repeat: 'since the text repeated itself',
  stopString: 'at a stop string',
  cancelled: 'stopped',
  failed: 'failed',
} as const;

function stopCell({ view, column }: ColumnModel): FigureCell {
  if (view.ended) return { ...NONE, value: STOP_WORDS[view.ended.stop] };
  const { state } = column;
  if (!state || isActive(state)) return { ...NONE, detail: 'not yet' };
  return { ...NONE, value: describeState({ ...column, state, ended: null }).text };
}

function plain(count: number): FigureCell {
  return { ...NONE, value: count.toLocaleString('en') };
}
