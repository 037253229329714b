import type { CompareHostMessage, ComparedColumn, ComparedRun, ComparisonProgress } from '../../protocol/compare.ts';
import { isDeepStrictEqual } from 'node:util';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import { BATCH_MS } from '../panel/lineBatcher.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Comparison } from './comparison.ts';

export interface ComparisonFeedOptions {
  readonly comparison: Pick<Comparison, 'content' | 'onDidChange'>;
  readonly scheduler: Scheduler;
  readonly post: (message: CompareHostMessage) => void;
}

/** What a page has been told of a column. */
interface Told {
  readonly column: ComparedColumn;
  readonly lines: number;
}

/** Keeps a page the same as its comparison: everything at first, then what is new, at most one round a frame. */
export class ComparisonFeed extends Disposable {
  readonly #options: ComparisonFeedOptions;
  /** Null while there is no page to tell. */
  #told: readonly Told[] | null = null;
  #progress: ComparisonProgress | null = null;
  #timer: DisposableLike | null = null;

  constructor(options: ComparisonFeedOptions) {
    super();
    this.#options = options;
    this.register(
      options.comparison.onDidChange(() => {
        this.#timer ??= options.scheduler.after(BATCH_MS, () => {
          this.#tellNews();
        });
      }),
    );
    this.register({ dispose: () => this.#timer?.dispose() });
  }

  /** A page is there, perhaps anew: tells it everything. */
  start(): void {
    const { columns, progress } = this.#options.comparison.content;
    this.#remember(columns, progress);
    const comparison = { progress, columns: columns.map((column) => ({ ...column, lines: [...column.lines] })) };
    this.#options.post({ type: 'comparison-shown', comparison });
  }

  #tellNews(): void {
    this.#timer = null;
    const told = this.#told;
    if (!told) return;
    const { columns, progress } = this.#options.comparison.content;
    // A column whose run is another one now begins anew, and so does the page.
    const isOther = columns.some(({ runId }, i) => told[i]?.lines !== 0 && told[i]?.column.runId !== runId);
    if (isOther) {
      this.start();
      return;
    }
    for (const [i, { lines, ...column }] of columns.entries()) {
      const { columnId } = column;
      const news = lines.slice(told[i]?.lines ?? 0);
      if (news.length > 0) this.#options.post({ type: 'column-lines-added', columnId, lines: news });
      if (!isDeepStrictEqual(column, told[i]?.column)) this.#options.post({ type: 'column-changed', column });
    }
    if (!isDeepStrictEqual(progress, this.#progress)) this.#options.post({ type: 'progress-changed', progress });
    this.#remember(columns, progress);
  }

  #remember(columns: readonly ComparedRun[], progress: ComparisonProgress): void {
    this.#told = columns.map(({ lines, ...column }) => ({ column, lines: lines.length }));
    this.#progress = progress;
  }
}
