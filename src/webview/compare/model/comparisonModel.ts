import type { CompareHostMessage, ComparedColumn, ComparisonProgress } from '../../../protocol/compare.ts';
import { isActive } from '../../../protocol/isActive.ts';
import type { StatusView } from '../../model/panelModel.ts';
import type { CompareChoices, SavedComparison } from '../savedState.ts';
import { ColumnModel } from './columnModel.ts';
import type { TextDifference } from './compareWords.ts';
import { compareWords } from './compareWords.ts';
import type { FigureGroup } from './figures.ts';
import { figureGroups } from './figures.ts';
import type { ShownStretch } from './textParts.ts';
import { differingText } from './textParts.ts';

/** A column's text against the reference's. */
export interface ColumnDifference extends TextDifference {
  readonly shown: readonly ShownStretch[];
}

/** One column as it is shown. */
export interface ColumnView {
  readonly column: ComparedColumn;
  readonly model: ColumnModel;
  readonly isReference: boolean;
  readonly isActive: boolean;
  /** Null for the reference, and until both runs are over. */
  readonly difference: ColumnDifference | null;
}

/** One difference by its column and its number there. */
export interface DifferencePlace {
  readonly columnId: string;
  readonly difference: number;
}

/** Everything on show in a comparison. */
export interface ComparisonView {
  /** The question of all columns; null where they differ. */
  readonly question: string | null;
  readonly progress: ComparisonProgress;
  readonly columns: readonly ColumnView[];
  readonly figures: readonly FigureGroup[];
  /** All differences, in the order in which the reference comes to them. */
  readonly places: readonly DifferencePlace[];
  /** Index of the one that was gone to last; null before the first. */
  readonly place: number | null;
  readonly choices: CompareChoices;
  readonly status: StatusView | null;
}

/** Keeps what a comparison's page shows: the host's messages reduced, plus what the reader chose. No DOM in it. */
export class ComparisonModel {
  #columns: readonly ColumnModel[] = [];
  #progress: ComparisonProgress | null = null;
  #choices: CompareChoices;
  #place: number | null = null;
  #status: StatusView | null = null;
  #statuses = 0;
  /** By the runs of reference and column, since comparing takes its time. */
  readonly #differences = new Map<string, ColumnDifference>();

  constructor(choices: CompareChoices) {
    this.#choices = choices;
  }

  receive(message: CompareHostMessage): void {
    switch (message.type) {
      case 'comparison-shown':
        this.#progress = message.comparison.progress;
        this.#columns = message.comparison.columns.map(({ lines, ...column }) => {
          const model = new ColumnModel(column);
          model.add(lines);
          return model;
        });
        return;
      case 'column-changed':
        this.#columnOf(message.column.columnId)?.reframe(message.column);
        return;
      case 'column-lines-added':
        this.#columnOf(message.columnId)?.add(message.lines);
        return;
      case 'progress-changed':
        this.#progress = message.progress;
        return;
      case 'status-told':
        this.#status = { message: message.message, serial: ++this.#statuses };
    }
  }

  /** Changes how the comparison is seen. */
  choose(choices: Partial<CompareChoices>): void {
    this.#choices = { ...this.#choices, ...choices };
    if (choices.reference !== undefined) this.#place = null;
  }

  /** Goes to the next difference, or back with -1; from the last one to the first. */
  goBy(by: 1 | -1): void {
    const { length } = this.view()?.places ?? [];
    if (length === 0) return;
    const from = this.#place ?? (by === 1 ? -1 : 0);
    this.#place = (from + by + length) % length;
  }

  clearStatus(): void {
    this.#status = null;
  }

  /** What the page has to keep over a reload. */
  savedState(): SavedComparison {
    return {
      ...this.#choices,
      question: this.#columns[0]?.column.question ?? '',
      columns: this.#columns.map(({ column: { arm, runId } }) => ({ arm, runId })),
    };
  }

  /** Null until the host has said what to show. */
  view(): ComparisonView | null {
    if (!this.#progress) return null;
    const reference = Math.max(0, this.#indexOf(this.#choices.reference));
    const columns = this.#columns.map((model, i) => this.#columnView(model, i === reference, this.#columns[reference]));
    const questions = new Set(columns.map(({ column }) => column.question));
    return {
      question: questions.size === 1 ? (columns[0]?.column.question ?? null) : null,
      progress: this.#progress,
      columns,
      figures: figureGroups(this.#columns, reference),
      places: placesOf(columns),
      place: this.#place,
      choices: this.#choices,
      status: this.#status,
    };
  }

  #columnView(model: ColumnModel, isReference: boolean, reference: ColumnModel | undefined): ColumnView {
    const { column } = model;
    const difference = isReference || !reference ? null : this.#difference(reference, model);
    return { column, model, isReference, isActive: column.state !== null && isActive(column.state), difference };
  }

  #difference(reference: ColumnModel, model: ColumnModel): ColumnDifference | null {
    if (!isOver(reference) || !isOver(model)) return null;
    const key = `${reference.column.runId ?? ''} ${model.column.runId ?? ''}`;
    const known = this.#differences.get(key);
    if (known) return known;
    const compared = compareWords(reference.view.text, model.view.text);
    const shown = differingText(model.view, compared.stretches, reference.view.text);
    const difference = { ...compared, shown };
    this.#differences.set(key, difference);
    return difference;
  }

  #columnOf(columnId: string): ColumnModel | undefined {
    return this.#columns[this.#indexOf(columnId)];
  }

  #indexOf(columnId: string | null): number {
    return this.#columns.findIndex(({ column }) => column.columnId === columnId);
  }
}

function isOver({ column, header }: ColumnModel): boolean {
  return header !== null && column.state !== null && !isActive(column.state);
}

function placesOf(columns: readonly ColumnView[]): readonly DifferencePlace[] {
  const places = columns.flatMap(({ column: { columnId }, difference }, order) => {
    if (!difference) return [];
    const { stretches, shown } = difference;
    return shown.flatMap(({ difference: number }, i) => {
      const isFirst = number !== null && shown[i - 1]?.difference !== number;
      return isFirst ? [{ columnId, difference: number, order, at: stretches[i]?.reference.start ?? 0 }] : [];
    });
  });
  return places
    .sort((a, b) => a.at - b.at || a.order - b.order)
    .map(({ columnId, difference }) => ({ columnId, difference }));
}
